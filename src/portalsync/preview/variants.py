"""Page x surface x locale x persona x instant, and the few distinct pages they lead to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.profile import LOCALES, NAME
from portalsync.model.canonical import digest
from portalsync.model.desired import Desired
from portalsync.model.effect import EffectKind
from portalsync.model.json_value import JSON
from portalsync.model.page import PLACES, Composition, Place, Situation
from portalsync.model.persona import Persona
from portalsync.portal.classes import Class, Classes
from portalsync.portal.differences import differences
from portalsync.portal.render import render
from portalsync.portal.variants import instants, readable


@dataclass(frozen=True)
class FirmCase:
    """One firm to look at: as it will be, and as it is where there is something to compare."""

    after: Situation
    before: Situation | None = None
    desired: Desired | None = None
    changed: frozenset[str] | None = None
    """Keys of the sections with a changed setting, if that is known: pages without a block of
    theirs stay as they are.
    """

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Those that are compared, the earlier first."""
        return (self.before, self.after) if self.before else (self.after,)

    @property
    def name(self) -> str:
        return self.after.settings[NAME] or self.firm

    @property
    def firm(self) -> str:
        return self.after.firm


class Status(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Variant:
    """One page as one client finds it at one instant. `before` and `after` are pages by digest,
    empty where there is none; `reasons` are the blocks behind it, by digest.
    """

    firm: str
    persona: str
    locale: str
    place: Place
    at: datetime
    before: str
    after: str
    reasons: str
    differences: tuple[tuple[EffectKind, str], ...] = ()

    @property
    def status(self) -> Status:
        if self.before == self.after:
            return Status.UNCHANGED
        if not self.after:
            return Status.GONE
        return Status.CHANGED if self.before else Status.NEW


@dataclass
class Pages:
    """The distinct pages and reasons that variants lead to, each kept once."""

    compositions: dict[str, Composition] = field(default_factory=dict)
    reasons: dict[str, Composition] = field(default_factory=dict)
    _html: dict[str, str] = field(default_factory=dict)

    def keep(self, composition: Composition) -> str:
        key = digest(composition.to_json())
        self.compositions.setdefault(key, composition)
        return key

    def keep_reasons(self, composition: Composition) -> str:
        why: list[JSON] = [[block.key, block.label, block.reason] for block in composition.blocks]
        key = digest(why)
        self.reasons.setdefault(key, composition)
        return key

    def html(self, key: str) -> str:
        """The page's HTML, rendered once."""
        if key not in self._html:
            self._html[key] = render(self.compositions[key])
        return self._html[key]


def variants(case: FirmCase, personas: Sequence[Persona], pages: Pages) -> Iterator[Variant]:
    """Every variant of a firm at all its instants, compositions kept in `pages`."""
    moments = instants(*case.situations)
    timed, firm = _timed_places(), _Firm.of(case, pages)
    for persona in personas:
        for locale, (had, has) in _locales(case, persona).items():
            for place in PLACES:
                page = _Page(firm, persona, locale, place, had=had, has=has)
                found = page.at(moments[0])
                yield found
                for moment in moments[1:]:  # elsewhere nothing on the page depends on the time
                    found = page.at(moment) if place in timed else replace(found, at=moment)
                    yield found


@dataclass(frozen=True, slots=True)
class _Composed:
    """A page, by its digest; `alike` is equal for those that differ in nothing but the client's name."""

    page: str
    alike: Class
    composition: Composition


@dataclass
class _Firm:
    """A firm as it will be and as it is. Pages of clients who are alike are composed and compared once."""

    case: FirmCase
    pages: Pages
    after: Classes
    before: Classes | None
    _composed: dict[tuple[Class, str], _Composed] = field(default_factory=dict)
    _reasons: dict[Class, str] = field(default_factory=dict)
    _differences: dict[tuple[Class, Class], tuple[tuple[EffectKind, str], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, case: FirmCase, pages: Pages) -> "_Firm":
        return cls(case, pages, Classes(case.after), Classes(case.before) if case.before else None)

    def composed(
        self, classes: Classes, client: Persona, place: Place, locale: str, at: datetime
    ) -> _Composed:
        alike = classes.page_class(client, place, locale, at)
        key = alike, client.client
        if key not in self._composed:
            composition = classes.compose(client, place, locale, at)
            self._composed[key] = _Composed(self.pages.keep(composition), alike, composition)
        return self._composed[key]

    def reasons(self, page: _Composed) -> str:
        if page.alike not in self._reasons:
            self._reasons[page.alike] = self.pages.keep_reasons(page.composition)
        return self._reasons[page.alike]

    def differences(self, before: _Composed, after: _Composed) -> tuple[tuple[EffectKind, str], ...]:
        key = before.alike, after.alike
        if key not in self._differences:
            self._differences[key] = tuple(differences(before.composition, after.composition))
        return self._differences[key]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of one client, instant by instant; `had` and `has` say whether it is there at all."""

    firm: _Firm
    persona: Persona
    locale: str
    place: Place
    had: bool
    has: bool

    def at(self, moment: datetime) -> Variant:
        firm = self.firm
        after = self._composed(firm.after, moment) if self.has else None
        before = after
        if not (self.had and firm.before):
            before = None
        elif not self.has or self.place in _touched(firm.case.changed):
            before = self._composed(firm.before, moment)
        shown = after or before
        assert shown is not None  # noqa: S101 - a locale is there before or after
        new = after.page if after else ""
        return Variant(
            firm=firm.case.firm,
            persona=self.persona.id,
            locale=self.locale,
            place=self.place,
            at=moment,
            before=before.page if before else ("" if firm.before else new),
            after=new,
            reasons=firm.reasons(shown),
            differences=firm.differences(before, after) if before and after else (),
        )

    def _composed(self, classes: Classes, moment: datetime) -> _Composed:
        return self.firm.composed(classes, self.persona, self.place, self.locale, moment)


def _locales(case: FirmCase, persona: Persona) -> Mapping[str, tuple[bool, bool]]:
    """Languages in which the client can read the portal: before, after."""
    old = readable(persona.locale, case.before.settings[LOCALES]) if case.before else ()
    new = readable(persona.locale, case.after.settings[LOCALES])
    return {locale: (locale in old, locale in new) for locale in dict.fromkeys((*new, *old))}


@cache
def _touched(changed: frozenset[str] | None) -> frozenset[Place]:
    """Places with a block that looks at a changed option."""
    if changed is None:
        return frozenset(PLACES)
    return frozenset(
        place
        for option in DEFINITIONS
        if option.sections & changed
        for block in option.blocks
        for place in block.places
    )


def _timed_places() -> frozenset[Place]:
    """Places of blocks that change by themselves."""
    return frozenset(
        place
        for option in DEFINITIONS
        for block in option.blocks
        if option.is_timed or block.reads.day
        for place in block.places
    )
