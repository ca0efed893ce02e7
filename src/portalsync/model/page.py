"""Where things stand in the portal, and what stands there."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from portalsync.model.facts import Facts
from portalsync.model.json_value import JSONObject
from portalsync.model.persona import Persona
from portalsync.model.settings import Scope, Settings, scope


class Surface(StrEnum):
    WEB = "web"
    MOBILE = "mobile"


class PageName(StrEnum):
    HOME = "home"
    DOCUMENTS = "documents"
    CHATS = "chats"
    ORGANIZERS = "organizers"
    INVOICES = "invoices"
    LOGIN = "login"
    """The notification that a client gets at each login."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A page on a surface."""

    surface: Surface
    page: PageName


WEB_HOME = Place(Surface.WEB, PageName.HOME)
WEB_DOCUMENTS = Place(Surface.WEB, PageName.DOCUMENTS)
WEB_CHATS = Place(Surface.WEB, PageName.CHATS)
WEB_ORGANIZERS = Place(Surface.WEB, PageName.ORGANIZERS)
WEB_INVOICES = Place(Surface.WEB, PageName.INVOICES)
WEB_LOGIN = Place(Surface.WEB, PageName.LOGIN)
MOBILE_HOME = Place(Surface.MOBILE, PageName.HOME)
MOBILE_DOCUMENTS = Place(Surface.MOBILE, PageName.DOCUMENTS)
MOBILE_CHATS = Place(Surface.MOBILE, PageName.CHATS)
MOBILE_ORGANIZERS = Place(Surface.MOBILE, PageName.ORGANIZERS)
MOBILE_INVOICES = Place(Surface.MOBILE, PageName.INVOICES)
MOBILE_LOGIN = Place(Surface.MOBILE, PageName.LOGIN)
PLACES = tuple(Place(surface, page) for surface in Surface for page in PageName)
"""The phone has the pages that the web has."""


class Shape(StrEnum):
    """How a block looks: one Jinja partial each, `templates/blocks/<shape>.html.j2`."""

    QUICK_LINK = "quick_link"
    BANNER = "banner"
    SECTION = "section"
    BUTTON = "button"
    CHECKBOX = "checkbox"
    NOTICE = "notice"
    BRAND = "brand"
    WELCOME = "welcome"
    CONTACT = "contact"
    TODO_LIST = "todo_list"
    CREDIT = "credit"
    RECORDS = "records"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Situation:
    """A firm at an instant: its settings in force and the facts around them. `at` is aware."""

    firm: str
    settings: Scope
    facts: Facts
    at: datetime


def situation_of(firm: str, settings: Settings, facts: Facts, at: datetime) -> Situation:
    """The firm with these settings in force."""
    return Situation(firm, scope(settings), facts, at)


@dataclass(frozen=True, slots=True)
class View(Situation):
    """A situation as one client sees it. `entry` is the list entry that a block stands for."""

    persona: Persona
    locale: str
    entry: Scope = field(default_factory=Scope)

    def on(self, entry: Scope, at: datetime) -> "View":
        """The same, of a list's entry and at an instant."""
        return View(self.firm, self.settings, self.facts, at, self.persona, self.locale, entry)


@dataclass(frozen=True, slots=True)
class Line:
    """One row inside a block; `day` is when it is due, or from when it is. Amounts and days are as readers of
    the page write them where the firm is.
    """

    title: str
    text: str = ""
    meta: str = ""
    money: str = ""
    day: str = ""
    due: str = ""
    """That day as ISO 8601, where something has to be done by then."""
    overdue: bool = False
    group: str = ""
    lang: str = ""
    """Language of `title` and `text` where it is not the page's own."""

    def to_json(self) -> JSONObject:
        return _set({name: getattr(self, name) for name in _OF_LINES})

    def on(self, day: date) -> "Line":
        return replace(self, overdue=True) if self.due and date.fromisoformat(self.due) < day else self


@dataclass(frozen=True, slots=True)
class Content:
    """What a block says besides its label. Everything is plain text but `markdown`."""

    title: str = ""
    text: str = ""
    markdown: str = ""
    href: str = ""
    image: str = ""
    color: str = ""
    money: str = ""
    lines: tuple[Line, ...] = ()
    lang: str = ""
    written: str = ""
    """The page's language as it is written where the firm is (`de-AT`), if that is another: in the brand."""

    def to_json(self) -> JSONObject:
        return _set({
            **{name: getattr(self, name) for name in _TEXTS},
            "lines": [line.to_json() for line in self.lines],
        })  # fmt: skip


_TEXTS = ("title", "text", "markdown", "href", "image", "color", "money", "lang", "written")
_OF_LINES = ("title", "text", "meta", "money", "day", "due", "overdue", "group", "lang")


def _set(data: JSONObject) -> JSONObject:
    return {key: value for key, value in data.items() if value}


@dataclass(frozen=True, slots=True)
class Audience:
    """Which clients a block is for. Empty: everyone."""

    any: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()

    def admits(self, tags: frozenset[str]) -> bool:
        return (not self.any or bool(self.any & tags)) and self.all <= tags


@dataclass(frozen=True, slots=True)
class Placed:
    """A block where it stands: shown, or hidden with its reason.

    `key` is stable (`announcements.banner.office-closed`); `reason` is a key of the words, empty
    when the block is shown.
    """

    key: str
    shape: Shape
    area: str
    label: str
    content: Content
    audiences: tuple[Audience, ...] = ()
    reason: str = ""

    @property
    def option(self) -> str:
        return self.key.partition(".")[0]

    @property
    def shown(self) -> bool:
        return not self.reason

    def on(self, day: date | None) -> "Placed":
        """As it is on that day, if it is one of those that differ by it: what was due before is overdue."""
        if day is None:
            return self
        lines = tuple(line.on(day) for line in self.content.lines)
        return (
            self if lines == self.content.lines else replace(self, content=replace(self.content, lines=lines))
        )

    def admits(self, tags: frozenset[str]) -> bool:
        return not self.audiences or all(audience.admits(tags) for audience in self.audiences)

    def hidden(self, reason: str) -> "Placed":
        return Placed(self.key, self.shape, self.area, self.label, self.content, self.audiences, reason)

    def to_json(self) -> JSONObject:
        """What makes two blocks the same to a client."""
        return {
            "key": self.key,
            "shape": str(self.shape),
            "area": self.area,
            "label": self.label,
            "content": self.content.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Composition:
    """One variant of a page: everything that rendering needs, in reading order."""

    place: Place
    locale: str
    client: str
    blocks: tuple[Placed, ...]

    @property
    def shown(self) -> tuple[Placed, ...]:
        return tuple(block for block in self.blocks if block.shown)

    def to_json(self) -> JSONObject:
        return {
            "surface": str(self.place.surface),
            "page": str(self.place.page),
            "locale": self.locale,
            "client": self.client,
            "blocks": [block.to_json() for block in self.shown],
        }
