"""Which page somebody looks at: firm, sample client, page, language, moment, and whose settings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.profile import LOCALES, TIME_ZONE
from portalsync.lexicon import Lexicon
from portalsync.model.page import MOBILE_HOME, PLACES, Place, Situation
from portalsync.model.persona import Persona
from portalsync.moments import moment
from portalsync.portal.links import page_file
from portalsync.portal.variants import instants, readable
from portalsync.server.bodies import YEARS

NOW = "now"
_PLACES: Mapping[str, Place] = {f"{place.surface}-{place.page}": place for place in PLACES}


class Side(StrEnum):
    """Whose settings: those of the files over those of the portal, or the portal's alone."""

    FILES = "files"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says, as far as it can be used; empty where it says nothing."""

    firm: str = ""
    client: str = ""
    place: Place = MOBILE_HOME
    locale: str = ""
    at: str = NOW
    on: str = ""
    """A moment on the firm's clock, before `at` if there is one."""
    side: Side = Side.FILES

    @classmethod
    def of(cls, query: Mapping[str, str], firms: Collection[str]) -> "Asked":
        firm, side = query.get("firm", ""), query.get("side", "")
        return cls(
            firm if firm in firms else next(iter(firms), ""),
            query.get("client", ""),
            _PLACES.get(query.get("page", ""), MOBILE_HOME),
            query.get("locale", ""),
            query.get("at", NOW),
            query.get("on", ""),
            Side(side) if side in [*Side] else Side.FILES,
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """One page that there is. `at` is None for now, whenever that is."""

    firm: str
    client: Persona
    place: Place
    locale: str
    at: datetime | None
    side: Side

    @property
    def source(self) -> str:
        """Where the page lies; the pages that it leads to lie beside it, for the same client and moment."""
        at = written(self.at) if self.at else NOW
        parts = (self.side, at, self.firm, self.client.id, self.locale, page_file(self.place))
        return "/pages/" + "/".join(map(quote, parts))

    @property
    def question(self) -> str:
        """What is asked about it besides."""
        return urlencode({"firm": self.firm, "at": written(self.at) if self.at else NOW})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some values, each with what it is called."""

    name: str
    values: Sequence[tuple[str, str]]
    chosen: str


def chosen(asked: Asked, situation: Situation, clients: Mapping[str, Persona]) -> Chosen | None:
    """None if there is no sample client."""
    client = clients.get(asked.client) or next(iter(clients.values()), None)
    if client is None:
        return None
    locales = readable(client.locale, situation.settings[LOCALES])
    locale = asked.locale if asked.locale in locales else locales[0]
    zone = ZoneInfo(situation.settings[TIME_ZONE])
    at = read_moment(asked.on, zone) or read_moment(asked.at, zone)
    return Chosen(asked.firm, client, asked.place, locale, at, asked.side)


def choices(
    it: Chosen,
    firms: Collection[str],
    clients: Mapping[str, Persona],
    situation: Situation,
    lexicon: Lexicon,
) -> Sequence[Choice]:
    locales = readable(it.client.locale, situation.settings[LOCALES])
    sides = [(str(side), lexicon(f"workbench.sides.{side}")) for side in Side]
    return (
        firm_choice(it.firm, firms),
        Choice("client", [(each.id, _client(each, lexicon)) for each in clients.values()], it.client.id),
        Choice("page", [(key, _place(each, lexicon)) for key, each in _PLACES.items()], _key(it.place)),
        Choice("locale", [(each, lexicon.language(each)) for each in locales], it.locale),
        _moments(it, situation, lexicon),
        Choice("side", sides, str(it.side)),
    )


def firm_choice(firm: str, firms: Collection[str]) -> Choice:
    return Choice("firm", [(each, each) for each in firms], firm)


def _moments(it: Chosen, situation: Situation, lexicon: Lexicon) -> Choice:
    """Now, when pages will change by themselves, and whatever else was chosen."""
    _, *coming = instants(situation)
    if it.at is not None and it.at not in coming:
        coming = sorted([*coming, it.at])
    zone = situation.settings[TIME_ZONE]
    told = [(written(each), lexicon.say(moment(each, zone))) for each in coming]
    return Choice("at", [(NOW, lexicon("workbench.now")), *told], written(it.at) if it.at else NOW)


def _client(client: Persona, lexicon: Lexicon) -> str:
    return localized(client.title, lexicon.locale, "en")[0] or client.id


def _place(place: Place, lexicon: Lexicon) -> str:
    surface = lexicon(f"gallery.surfaces.{place.surface}")
    return f"{surface}: {lexicon(f'gallery.pages.{place.page}')}"


def _key(place: Place) -> str:
    return f"{place.surface}-{place.page}"


def written(at: datetime) -> str:
    """To the minute, as it stands in addresses."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def read_moment(text: str, zone: ZoneInfo | None = None) -> datetime | None:
    """None for a text that is none. Without an offset it is on the clock of `zone`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone or UTC)
    return at if at.year in YEARS else None
