"""A link to the firm's booking service."""

from collections.abc import Iterator

from portalsync.catalog.kinds.basic import Choice, Switch
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.option import Block, Field, Hide, Option, Reads, Rule, Violation
from portalsync.diagnostics import Severity
from portalsync.model.page import WEB_HOME, Content, Shape, Situation

ENABLED = Field(
    "appointments.enabled",
    Switch(),
    default=False,
    description="Clients can book an appointment from the home page.",
    examples=(True, False),
    rejects=("true", 1),
)

PROVIDER = Field(
    "appointments.provider",
    Choice(
        calendly="Calendly, set up among the portal's integrations.",
        acuity="Acuity Scheduling, set up among the portal's integrations.",
        custom="Another booking page, set up among the portal's integrations as a custom link.",
    ),
    default="custom",
    description="The booking service.",
    examples=("calendly", "acuity", "custom"),
    rejects=("outlook", 3),
)

URL = Field(
    "appointments.url",
    Link(),
    default="",
    description="The address of the booking page. Always https.",
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


def _needs_integration(case: Situation) -> Iterator[Violation]:
    provider = case.settings[PROVIDER]
    if case.settings[ENABLED] and provider not in case.facts.booking_integrations:
        known = ", ".join(case.facts.booking_integrations) or "-"
        yield Violation(PROVIDER.path, (("provider", provider), ("known", known)))


def _needs_url(case: Situation) -> Iterator[Violation]:
    if case.settings[ENABLED] and not case.settings[URL]:
        yield Violation(ENABLED.path, lacks=(URL.path,))


OPTION = Option(
    key="appointments",
    since="0.1.0",
    description="*Book appointment*: a link to the firm's booking service.",
    fields=(ENABLED, PROVIDER, URL),
    blocks=(
        Block(
            "link",
            Shape.QUICK_LINK,
            (WEB_HOME,),
            hide=(
                Hide("off", lambda view: not view.settings[ENABLED]),
                Hide("no_url", lambda view: not view.settings[URL]),
                Hide(
                    "no_integration",
                    lambda view: view.settings[PROVIDER] not in view.facts.booking_integrations,
                ),
            ),
            content=lambda view: Content(href=view.settings[URL]),
            reads=Reads(facts=("booking_integrations",)),
        ),
    ),
    rules=(
        Rule("appointments-no-integration", Severity.ERROR, _needs_integration),
        Rule("appointments-no-url", Severity.ERROR, _needs_url),
    ),
    icon="calendar",
)
