"""What the firm wants all its clients, or some of them, to read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from portalsync.catalog.kinds.audience import audience
from portalsync.catalog.kinds.localized import LocalizedText, localized
from portalsync.catalog.kinds.moment import (
    ClockChange,
    Moment,
    clock_change,
    ends_at,
    moment_text,
    starts_at,
)
from portalsync.catalog.option import (
    Authority,
    Block,
    Field,
    Hide,
    ListField,
    Option,
    Reads,
    Rule,
    Violation,
    Window,
    audience_field,
)
from portalsync.catalog.profile import LOCALES, TIME_ZONE
from portalsync.diagnostics import Severity
from portalsync.lexicon import Text
from portalsync.model.page import (
    MOBILE_HOME,
    MOBILE_LOGIN,
    WEB_HOME,
    WEB_LOGIN,
    Content,
    Shape,
    Situation,
    View,
)
from portalsync.model.settings import Scope
from portalsync.moments import moment

MOST_AT_ONCE = 5
LONGEST_BODY = 2000

TITLE = Field(
    "title",
    LocalizedText(120),
    default={},
    description="The headline, in each language of the firm.",
    examples=({"en": "Closed over Christmas", "de": "Über Weihnachten geschlossen"},),
    rejects=({"en": ""}, {"qaa": "Fermé"}, "Closed", {"en": "two\nlines"}, {"en": "a\x1bc"}, {}),
    required=True,
)

BODY = Field(
    "body",
    LocalizedText(LONGEST_BODY, markdown=True),
    default={},
    description="The text, in each language of the firm: "
    f"Markdown, at most {LONGEST_BODY:,} characters each. `**bold**`, `*italic*`, lists, quotes, headings "
    "and `[links](https://…)` work, also to `mailto:` and `tel:`; no HTML, pictures or tables.",
    examples=({"en": "We are back on **4 January**.", "de": "Wir sind ab **4. Januar** wieder da."},),
    rejects=({"en": "x" * (LONGEST_BODY + 1)}, {"de": "  "}, {"en": "a\x1b[2J"}, {"en": "a\x00"}, ["text"]),
    required=True,
)

STARTS = Field(
    "starts",
    Moment(),
    default="",
    description="From when clients see it, in the firm's time zone; a day begins at midnight. "
    "Without it, at once.",
    examples=("2026-12-18", "2026-12-18T09:00"),
    rejects=("18.12.2026", "2026-02-30", "2026-12-18T09:00Z", 20261218),
)

ENDS = Field(
    "ends",
    Moment(),
    default="",
    description="Until when clients see it, in the firm's time zone; a day is included whole. "
    "Without it, until it is removed.",
    examples=("2027-01-03", "2027-01-03T18:00"),
    rejects=("tomorrow", "2027-13-01", "2027-01-03 18:00", False),
)

_AUDIENCE = audience_field("audience")

ITEMS = ListField(
    "announcements.items",
    description="The firm's announcements. Clients see those that are on at the moment, newest first.",
    fields=(TITLE, BODY, STARTS, ENDS, _AUDIENCE),
    authority=Authority.AUTHORITATIVE,
    limit=50,
)

BEGINNING, END_OF_TIME = "0001-01-01T00:00:00+00:00", "9999-12-31T00:00:00+00:00"


def window(case: Situation, item: Scope) -> tuple[datetime, datetime]:
    """When an announcement is on: from the first instant up to, but not including, the second."""
    return _window(item[STARTS], item[ENDS], case.settings[TIME_ZONE])


@lru_cache(1000)
def _window(starts: str, ends: str, zone: str) -> tuple[datetime, datetime]:
    return (
        starts_at(starts, zone) if starts else datetime.fromisoformat(BEGINNING),
        ends_at(ends, zone) if ends else datetime.fromisoformat(END_OF_TIME),
    )


def windows(case: Situation) -> Iterator[Window]:
    """When each of them is on."""
    for item in case.settings.entries(ITEMS):
        path = f"{ITEMS.path}.{item.id}"
        bounds = f"{path}.{STARTS.path}", f"{path}.{ENDS.path}"
        yield Window(path, item[TITLE], *window(case, item), audience(item[_AUDIENCE]), bounds)


def newest_first(case: Situation) -> Sequence[Scope]:
    """In the order in which clients read them."""
    return sorted(
        case.settings.entries(ITEMS), key=lambda item: (window(case, item)[0], item.id), reverse=True
    )


def boundaries(case: Situation) -> Iterator[datetime]:
    """The instants at which an announcement starts or ends."""
    for item in case.settings.entries(ITEMS):
        starts, ends = window(case, item)
        yield from ([starts] if item[STARTS] else [])
        yield from ([ends] if item[ENDS] else [])


def _content(view: View) -> Content:
    fallback = view.settings[LOCALES][0]
    title, lang = localized(view.entry[TITLE], view.locale, fallback)
    body, _ = localized(view.entry[BODY], view.locale, fallback)
    return Content(title=title, markdown=body, lang="" if lang == view.locale else lang)


def _ends_after_start(case: Situation) -> Iterator[Violation]:
    for item in case.settings.entries(ITEMS):
        starts, ends = window(case, item)
        if ends <= starts:
            words = tuple((each.path, _words(case, item[each])) for each in (STARTS, ENDS))
            yield Violation(f"{ITEMS.path}.{item.id}.ends", words)


def _expired(case: Situation) -> Iterator[Violation]:
    for item in case.settings.entries(ITEMS):
        if window(case, item)[1] <= case.at:
            yield Violation(
                f"{ITEMS.path}.{item.id}.ends", (("id", item.id), ("ends", _words(case, item[ENDS])))
            )


def _words(case: Situation, text: str) -> Text:
    return moment_text(text, case.settings[TIME_ZONE])


def _clocks_changed(change: ClockChange) -> Callable[[Situation], Iterator[Violation]]:
    """The rule about local times with which the clocks do that."""

    def check(case: Situation) -> Iterator[Violation]:
        zone = case.settings[TIME_ZONE]
        for item in case.settings.entries(ITEMS):
            for field in (STARTS, ENDS):
                if item[field] and clock_change(item[field], zone) is change:
                    yield Violation(f"{ITEMS.path}.{item.id}.{field.path}", _taken_as(item[field], zone))

    return check


def _taken_as(text: str, zone: str) -> tuple[tuple[str, Text], ...]:
    instant = starts_at(text, zone)
    return (
        ("written", text.replace("T", " ")),
        ("zone", zone),
        ("there", moment(instant, zone)),
        ("instant", moment(instant)),
    )


def _too_many(case: Situation) -> Iterator[Violation]:
    windows = {item.id: window(case, item) for item in case.settings.entries(ITEMS)}
    for start, _ in sorted(windows.values()):
        live = [key for key, (first, last) in windows.items() if first <= start < last]
        if len(live) > MOST_AT_ONCE:
            values = (
                ("count", str(len(live))),
                ("most", str(MOST_AT_ONCE)),
                ("ids", ", ".join(sorted(live))),
            )
            titles = tuple(f"{ITEMS.path}.{key}.title" for key in live)
            yield Violation(max(titles), values, titles)
            return


def _locale_missing(case: Situation) -> Iterator[Violation]:
    for item in case.settings.entries(ITEMS):
        for field in (TITLE, BODY):
            for locale in case.settings[LOCALES]:
                if locale not in item[field]:
                    path = f"{ITEMS.path}.{item.id}.{field.path}"
                    yield Violation(path, (("id", item.id), ("locale", locale)))


_HIDE = (
    Hide("not_yet", lambda view: view.at < window(view, view.entry)[0]),
    Hide("over", lambda view: view.at >= window(view, view.entry)[1]),
)

_READS = Reads(settings=(LOCALES, TIME_ZONE))

OPTION = Option(
    key="announcements",
    since="0.1.0",
    description="*Firm announcement*: what the firm wants its clients to read.",
    fields=(ITEMS,),
    where="announcements",
    blocks=(
        Block(
            "banner",
            Shape.BANNER,
            (WEB_HOME, MOBILE_HOME),
            hide=_HIDE,
            content=_content,
            each=newest_first,
            reads=_READS,
        ),
        Block(
            "notice",
            Shape.NOTICE,
            (WEB_LOGIN, MOBILE_LOGIN),
            hide=_HIDE,
            content=_content,
            each=newest_first,
            reads=_READS,
        ),
    ),
    rules=(
        Rule("announcement-ends-before-start", Severity.ERROR, _ends_after_start),
        Rule("announcements-too-many", Severity.ERROR, _too_many),
        Rule("announcement-expired", Severity.WARNING, _expired),
        Rule("announcement-locale-missing", Severity.WARNING, _locale_missing),
        Rule("announcement-time-skipped", Severity.WARNING, _clocks_changed(ClockChange.SKIPPED)),
        Rule("announcement-time-twice", Severity.WARNING, _clocks_changed(ClockChange.TWICE)),
    ),
    instants=boundaries,
    windows=windows,
)
