"""A link to the firm's booking service."""

from collections.abc import Iterator

from portalsync.catalog.kinds.basic import Choice, Switch
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.option import Block, Field, Hide, Option, Reads, Rule, Violation
from portalsync.diagnostics import Severity
from portalsync.model.page import WEB_HOME, Content, Shape, Situation

ENABLED: Field[bool | None] = Field(
    "appointments.enabled",
    Switch(),
    default=None,
    description="Clients can book an appointment from the home page. Without it, they can as soon as a "
    "booking service is set up among the portal's integrations.",
    examples=(True, False),
    rejects=("true", 1),
)

KNOWN = Choice(
    calendly="Calendly, set up among the portal's integrations.",
    acuity="Acuity Scheduling, set up among the portal's integrations.",
    custom="Another booking page, set up among the portal's integrations as a custom link.",
)

PROVIDER: Field[str | None] = Field(
    "appointments.provider",
    KNOWN,
    default=None,
    description="The booking service. Without it, the first that is set up.",
    examples=("calendly", "acuity", "custom"),
    rejects=("outlook", 3),
)

URL = Field(
    "appointments.url",
    Link(),
    default="",
    description="The address of the booking page. Always https. Without it, where the booking service leads.",
    examples=("https://calendly.com/example-firm/first-talk", "https://termine.example.de/kanzlei?dauer=30"),
    rejects=(
        "http://calendly.com/example-firm",
        "javascript:alert(1)",
        "https://calendly.com@pay.example/x",
        "https://192.0.2.7/book",
        "https://bücher.example/",
        "https://calendly.com:8443/x",
        "calendly.com/example-firm",
    ),
)


def service(case: Situation) -> str:
    """The booking service; empty where there is none."""
    return case.settings[PROVIDER] or next(iter(case.facts.booking_integrations), "")


def address(case: Situation) -> str:
    """Of the booking page; empty where only the portal knows it."""
    return case.settings[URL] or case.facts.booking_pages.get(service(case), "")


def _is_set_up(case: Situation) -> bool:
    return service(case) in case.facts.booking_integrations


def _needs_integration(case: Situation) -> Iterator[Violation]:
    if case.settings[ENABLED] and not _is_set_up(case):
        named, known = case.settings[PROVIDER], ", ".join(case.facts.booking_integrations) or "-"
        yield Violation(
            (PROVIDER if named else ENABLED).path,
            (("provider", named or " / ".join(KNOWN.values)), ("known", known)),
            missing=("integration", named) if named else ("integrations", ""),
        )


def _needs_url(case: Situation) -> Iterator[Violation]:
    if case.settings[ENABLED] and not address(case):
        yield Violation(ENABLED.path, lacks=(URL.path,))


OPTION = Option(
    key="appointments",
    since="0.1.0",
    description="*Book appointment*: a link to the firm's booking service.",
    fields=(ENABLED, PROVIDER, URL),
    where="bookings",
    blocks=(
        Block(
            "link",
            Shape.QUICK_LINK,
            (WEB_HOME,),
            hide=(
                Hide("off", lambda view: view.settings[ENABLED] is False),
                Hide("no_integration", lambda view: not _is_set_up(view)),
                Hide("no_url", lambda view: view.settings[ENABLED] and not address(view)),
            ),
            content=lambda view: Content(href=address(view)),
            reads=Reads(facts=("booking_integrations", "booking_pages")),
        ),
    ),
    rules=(
        Rule("appointments-no-integration", Severity.ERROR, _needs_integration, finds_missing=True),
        Rule("appointments-no-url", Severity.ERROR, _needs_url),
    ),
    icon="calendar",
)
