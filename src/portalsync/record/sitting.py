"""Somebody sits down to do what a plan says: what of it is left, and what they ticked, recorded at once.

Whatever ends a sitting, all that was ticked is recorded, and the same plan goes on with the rest.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from portalsync.apply.begun import Before
from portalsync.apply.confirm import is_of, receipt_of
from portalsync.apply.fresh import FreshPlan, check_fresh
from portalsync.lexicon import Text, counted, first_of, joined
from portalsync.model.claims import Claims
from portalsync.model.click_list import Action, ClickList, Step, StepOutcome, StepResult
from portalsync.model.edit import Edit
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import Plan
from portalsync.model.plan_name import Origins
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.model.settings import Settings
from portalsync.model.substance import plan_name
from portalsync.record.by_hand import ByHand
from portalsync.record.firm_record import Sighting, Ticked

Recorder: TypeAlias = Callable[[], Sighting]

_MOST_NAMED = 5
"""Steps of a firm that its receipt names."""


def sit_down(  # noqa: PLR0913, PLR0917 - what is done, where, and who says so
    plan: Plan,
    clicks: ClickList,
    portal: ByHand,
    chosen: frozenset[str],
    recorder: Recorder,
    review: str = "",
) -> "Sitting":
    """PlanRefused if the plan is for another portal, or if something else than this plan was recorded of one
    of its firms since it was made.
    """
    name = plan_name(plan, review)
    begun = {
        firm.id: firm.generation for firm in plan.firms.without_effects() if _is_begun(name, firm, portal)
    }
    fresh = check_fresh(plan, Before(portal, begun), chosen, review)
    return Sitting(fresh, clicks, portal, name, recorder)


def _is_begun(name: str, firm: FirmPlan, portal: ByHand) -> bool:
    """Whether this plan did some of the firm in an earlier sitting, and not all."""
    record = portal.record(firm.id)
    last = record.entries[0]
    return (
        last.generation == firm.generation + 1
        and is_of(name, last)
        and record.state().digest != firm.digest_after
    )


@dataclass
class Sitting:
    """A plan of which some is done. `name` is what the record calls it, `recorder` who records, and when that
    is; `results` say what became of steps in this sitting, by their id.
    """

    fresh: FreshPlan
    clicks: ClickList
    portal: ByHand
    name: str
    recorder: Recorder
    results: dict[str, StepResult] = field(default_factory=dict)
    has_recorded: bool = False

    def __post_init__(self) -> None:
        self.firms: Mapping[str, FirmPlan] = {firm.id: firm for firm in self.fresh}
        self._records = {firm: self.portal.record(firm) for firm in self.firms}

    @property
    def left(self) -> Sequence[Step]:
        """What nobody has ticked yet, in the order of the list."""
        open_ = {firm.id: _paths(self._open(firm)) for firm in self.firms.values()}
        return [step for step in self.clicks.steps if _paths(step.edits) & open_.get(step.firm, frozenset())]

    def begin(self) -> None:
        """What nobody clicks is recorded unasked: what is managed, and entries that only the files call
        otherwise.
        """
        named = {step.firm for step in self.clicks.steps}
        kept = [step for step in self.left if step.action is Action.KEEP]
        for firm in self.firms.values():
            own = [step for step in kept if step.firm == firm.id]
            if own or firm.id not in named:
                self._record(firm, [(edit, self.recorder()) for step in own for edit in step.edits])

    def note(self, *results: StepResult) -> None:
        """What became of steps; what is done is on the disk when this returns, each firm written once.
        KeyError for a step that is not in the list.
        """
        self.results.update((result.step, result) for result in results)
        done = {each.step: Sighting(each.by, each.at) for each in results if each.outcome is StepOutcome.DONE}
        steps = {step: self.clicks.by_id[step] for step in done}
        left = {step.id for step in self.left} if done else set()
        for firm in dict.fromkeys(step.firm for step in steps.values() if step.id in left):
            own = [step for step in steps.values() if step.firm == firm and step.id in left]
            self._record(self.firms[firm], [(edit, done[step.id]) for step in own for edit in step.edits])

    def receipt(self) -> Receipt:
        firms = (
            self._receipt(self.firms[firm]) if firm in self.firms else receipt
            for firm, receipt in self.fresh.receipts.items()
        )
        return Receipt(self.fresh.plan.environment, self.fresh.plan.digest, tuple(firms))

    def _record(self, firm: FirmPlan, ticks: Sequence[tuple[Edit, Sighting]]) -> None:
        """What was done of a firm, each edit with who did it when."""
        before = self._records[firm.id]
        now = before.with_ticked(self._ticked(firm, [edit for edit, _ in ticks]), self.recorder())
        record = now.with_sightings({edit.path: seen for edit, seen in ticks})
        self.portal.keep(record, before)
        self._records[firm.id] = record
        self.has_recorded = True

    def _ticked(self, firm: FirmPlan, edits: Sequence[Edit]) -> Ticked:
        still_open = [edit for edit in self._open(firm) if edit.path not in _paths(edits)]
        plan, managed = self.fresh.plan, managed_so_far(firm, still_open)
        accepted = plan.acknowledged.get(firm.id, ())
        return Ticked(self.name, tuple(edits), managed, accepted, Origins(plan.commit, firm.back_to))

    def _open(self, firm: FirmPlan) -> Sequence[Edit]:
        return open_edits(firm, self._records[firm.id].values)

    def _receipt(self, firm: FirmPlan) -> FirmReceipt:
        record = self._records[firm.id]
        if record.generation == firm.generation:
            return receipt_of(firm, Outcome.LEFT, self._what_is_left(firm))
        if self._open(firm):
            return receipt_of(firm, Outcome.PARTLY, self._what_is_left(firm))
        is_as_planned = record.state().digest == firm.digest_after
        return receipt_of(firm, Outcome.COMMITTED if is_as_planned else Outcome.DIFFERS)

    def _what_is_left(self, firm: FirmPlan) -> Text:
        return what_is_left([step for step in self.left if step.firm == firm.id], self.results)


def open_edits(firm: FirmPlan, values: Settings) -> Sequence[Edit]:
    """Those whose value is not there yet."""
    return [edit for edit in firm.edits if not Edit(edit.path, edit.after).starts_from(values)]


def managed_so_far(firm: FirmPlan, left: Sequence[Edit]) -> tuple[str, ...]:
    """What portalsync manages while some of the plan is left to do: nothing new of which nothing is done, and
    what it lets go of until that is done.
    """
    done = [edit for edit in firm.edits if edit not in left]
    waiting, begun = {*_covering(firm, left)}, {*_covering(firm, done)}
    new = (claim for claim in firm.managed if claim in firm.managed_before or claim not in waiting - begun)
    old = (claim for claim in firm.managed_before if claim in waiting)
    return tuple(sorted({*new, *old}))


def _covering(firm: FirmPlan, edits: Iterable[Edit]) -> Iterator[str]:
    for claims in (Claims.of(firm.managed), Claims.of(firm.managed_before)):
        for edit in edits:
            if (claim := claims.covering(edit.path)) is not None:
                yield claim


def what_is_left(left: Sequence[Step], results: Mapping[str, StepResult]) -> Text:
    """Of one firm, in a few words."""
    failed = {step for step, result in results.items() if result.outcome is StepOutcome.COULD_NOT}
    parts = (
        ("receipt.later", [step.setting for step in left if step.id not in failed]),
        ("receipt.could_not", [step.setting for step in left if step.id in failed]),
    )
    told = (counted(key, len(names), steps=first_of(names, _MOST_NAMED)) for key, names in parts if names)
    return joined(told, " ")


def _paths(edits: Collection[Edit]) -> frozenset[str]:
    return frozenset(edit.path for edit in edits)
