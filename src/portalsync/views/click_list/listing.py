"""A plan as a click list: firm by firm, and in each one settings page after the other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from portalsync.catalog.vendor import Vendor
from portalsync.lexicon import Lexicon
from portalsync.model.click_list import ClickList, ListedFirm, SettingsPage, Step
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.effect import Effect
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import Plan
from portalsync.model.settings import Settings
from portalsync.views.click_list.steps import step_of
from portalsync.views.click_list.units import units
from portalsync.views.click_list.vendor_words import VendorWords
from portalsync.views.click_list.walking import in_walking_order


def nobody_knows(_firm: str) -> Settings:
    return {}


def click_list(
    plan: Plan,
    vendor: Vendor | None,
    lexicon: Lexicon,
    live: Callable[[str], Settings] = nobody_knows,
) -> ClickList:
    """In the words of a vendor's map, else in ours; `live` says what a firm has, by its id, so that entries
    are called as people find them. Firms of which nothing is clicked are left out.
    """
    words = VendorWords(vendor, lexicon)
    steps: list[Step] = []
    firms: list[ListedFirm] = []
    for part in plan.firms:
        if own := _steps(part, words, live(part.id)):
            steps += own
            firms.append(ListedFirm(part.id, part.name))
    return ClickList(
        plan=plan.digest,
        environment=plan.environment,
        portal=plan.portal,
        at=plan.at,
        vendor=vendor.name if vendor else "",
        firms=tuple(firms),
        pages=tuple(_pages(steps, words)),
        steps=tuple(steps),
        stopped=plan.stopped_firms,
    )


def _known(part: FirmPlan, live: Settings) -> Settings:
    """What there is, or will be where there is nothing yet."""
    comes = {edit.path: edit.after for edit in part.edits if edit.after is not ABSENT}
    was = {edit.path: edit.before for edit in part.edits if edit.before is not ABSENT}
    return {**comes, **was, **live}


def _steps(part: FirmPlan, words: VendorWords, live: Settings) -> Sequence[Step]:
    words = replace(words, settings=_known(part, live))
    ordered = in_walking_order(units(part), words)
    noticed = _noticed(part, [unit.path for unit in ordered])
    steps = (step_of(unit, part, words, noticed.get(unit.path, ())) for unit in ordered)
    return [replace(step, is_recorded=_is_so(step.edits, live)) for step in steps]


def _is_so(edits: Iterable[Edit], live: Settings) -> bool:
    """Whether all is there already: a plan goes on after somebody did a part of it."""
    return all(Edit(edit.path, edit.after).starts_from(live) for edit in edits)


def _noticed(part: FirmPlan, paths: Sequence[str]) -> Mapping[str, Sequence[Effect]]:
    """What clients notice at once, at the last step that has to do with it: of its entry, else its option."""
    found: dict[str, list[Effect]] = {}
    for effect in (reach.effect for reach in part.effects if not reach.effect.since):
        option, _, *entry = effect.block.split(".")
        own = [path for path in paths if path.partition(".")[0] == option]
        of_entry = [path for path in own if entry and entry[0] in path.split(".")]
        for path in (of_entry or own)[-1:]:
            found.setdefault(path, []).append(effect)
    return found


def _pages(steps: Sequence[Step], words: VendorWords) -> Iterator[SettingsPage]:
    used = {step.page for step in steps}
    return (page for page in words.pages if page.id in used)
