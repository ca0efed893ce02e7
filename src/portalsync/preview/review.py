"""Everything a reviewer looks at, put together: cards, matrix, timeline, promises, remarks, pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portalsync.catalog import OPTIONS
from portalsync.catalog.profile import LOCALES, TIME_ZONE
from portalsync.model.news import NewsFirm
from portalsync.model.persona import Persona
from portalsync.model.plan import Plan
from portalsync.model.promise import Promise
from portalsync.model.watch import Watch, unwatched
from portalsync.preview.cards import Card, cards
from portalsync.preview.lint import Remark, lint
from portalsync.preview.matrix import Matrix, matrix
from portalsync.preview.timeline import ComingMoment, examples, timeline
from portalsync.preview.variants import FirmCase, Pages, Status, Variant, variants


@dataclass(frozen=True)
class RemarkedPages:
    """A remark, how many distinct pages have it, and a variant that shows it."""

    remark: Remark
    pages: int
    opens: int


@dataclass(frozen=True)
class Review:
    """One review. With a plan it compares; without one it shows how things will be.

    `shown` are the indexes of the variants whose pages travel in the file. `distinct` counts the pages
    after, `changed` those among them that are new. `zones` are the firms' time zones.
    """

    title: str
    at: str
    plan: Plan | None
    cases: tuple[FirmCase, ...]
    personas: tuple[Persona, ...]
    pages: Pages
    variants: tuple[Variant, ...]
    distinct: int
    changed: int
    cards: tuple[Card, ...]
    matrices: tuple[Matrix, ...]
    timeline: tuple[ComingMoment, ...]
    promises: tuple[Promise, ...]
    never_seen: tuple[tuple[str, str], ...]
    remarks: tuple[RemarkedPages, ...]
    shown: tuple[int, ...]
    zones: Mapping[str, str]
    left_out: tuple[NewsFirm, ...] = ()
    """Firms with changes whose pages nobody looked at: they have cards, and nothing else."""
    others: int = 0
    """How many more firms there are whose pages nobody looked at, where there is no plan."""


def review(  # noqa: PLR0913 - the parts come from different stages
    title: str,
    cases: Sequence[FirmCase],
    personas: Sequence[Persona],
    *,
    plan: Plan | None,
    promises: Sequence[Promise],
    left_out: Sequence[NewsFirm] = (),
    others: int = 0,
    everything: bool = False,
    watch: Watch = unwatched,
) -> Review:
    """Compose, compare and render. `everything`: unchanged pages travel in the file too."""
    pages = Pages()
    found = tuple(each for case in watch(cases) for each in variants(case, personas, pages))
    told = cards(plan, found, _locales(cases), left_out) if plan else ()
    zones = {case.firm: case.after.settings[TIME_ZONE] for case in cases}
    coming = timeline(found, pages, zones)
    shown = _shown(found, coming, everything=everything or plan is None)
    return Review(
        title=title,
        at=cases[0].after.at.isoformat() if cases else "",
        plan=plan,
        cases=tuple(cases),
        personas=tuple(personas),
        pages=pages,
        variants=found,
        distinct=len({each.after for each in found} - {""}),
        changed=len({each.after for each in found if each.status is not Status.UNCHANGED} - {""}),
        cards=told,
        matrices=tuple(_matrices(cases, personas, found)),
        timeline=coming,
        promises=tuple(promises),
        never_seen=() if left_out or others or not cases else tuple(_never_seen(pages)),
        remarks=tuple(_remarks(found, shown, pages, _locales(cases))),
        shown=shown,
        zones=zones,
        left_out=tuple(left_out),
        others=others,
    )


def _locales(cases: Iterable[FirmCase]) -> Mapping[str, Sequence[str]]:
    return {case.firm: case.after.settings[LOCALES] for case in cases}


def _shown(found: Sequence[Variant], coming: Sequence[ComingMoment], *, everything: bool) -> tuple[int, ...]:
    """Variants to look at. An instant at which a page is as before needs no second look."""
    wanted_examples = examples(coming)
    seen: set[tuple[str, ...]] = set()
    shown = []
    for index, each in enumerate(found):
        page = (each.firm, each.persona, each.locale, each.place.surface, each.place.page)
        same = (*page, each.before, each.after)
        wanted = everything or each.status is not Status.UNCHANGED
        if (wanted and same not in seen) or index in wanted_examples:
            seen.add(same)
            shown.append(index)
    return tuple(shown)


def _matrices(
    cases: Sequence[FirmCase], personas: Sequence[Persona], found: Sequence[Variant]
) -> Iterable[Matrix]:
    numbered: dict[str, list[tuple[int, Variant]]] = {}
    for index, each in enumerate(found):
        numbered.setdefault(each.firm, []).append((index, each))
    for case in cases:
        yield matrix(case, personas, numbered.get(case.firm, []))


def _never_seen(pages: Pages) -> Iterable[tuple[str, str]]:
    """(option, block) of every block that no sample client finds anywhere."""
    shown = (block.key for composition in pages.compositions.values() for block in composition.shown)
    seen = {tuple(key.split(".")[:2]) for key in shown}
    for option in OPTIONS:
        for block in option.blocks:
            if (option.key, block.name) not in seen:
                yield option.key, block.name


def _remarks(
    found: Sequence[Variant], shown: Sequence[int], pages: Pages, locales: Mapping[str, Sequence[str]]
) -> Iterable[RemarkedPages]:
    """Remarks on the distinct pages that travel in the file. A language that the firm does not
    write in is no remark: those clients read the firm's first one.
    """
    first: dict[str, int] = {}
    for index in shown:
        if found[index].after:
            first.setdefault(found[index].after, index)
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[tuple[Remark, int]]] = {}
    for key, index in first.items():
        for remark in lint(pages.compositions[key], pages.html(key)):
            if remark.code == "translation-missing" and found[index].locale not in locales[found[index].firm]:
                continue
            same = (remark.code, tuple(sorted(remark.values.items())))
            groups.setdefault(same, []).append((remark, index))
    for members in groups.values():
        yield RemarkedPages(members[0][0], len(members), members[0][1])
