"""Whether a plan is for the portal as it stands, and what of it was done already."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial

from portalsync.apply.confirm import entry_of, is_of, receipt_of
from portalsync.backend.protocol import Reader
from portalsync.catalog.vocabulary import version, vocabulary
from portalsync.errors import PlanRefused
from portalsync.lexicon import Foreign, Phrase, first_of, joined, phrase
from portalsync.model.edit import ABSENT
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import Plan
from portalsync.model.receipt import FirmReceipt, Outcome
from portalsync.model.substance import plan_name
from portalsync.model.watch import Watch, unwatched
from portalsync.moments import moment
from portalsync.wire import FirmSummary, HistoryEntry, PortalInfo

_MOST_TOLD = 5
"""Firms that have changed since are told one by one."""


@dataclass(frozen=True)
class FreshPlan:
    """A plan for the portal as it is; `check_fresh` makes it. `receipts` say of each chosen firm, by id, what
    holds before anything is sent: it is what it was when the plan was made, or the plan, or one of the same
    review, moved it before. `review` is the digest of the change that was agreed to, empty if it is the
    plan's own.
    """

    plan: Plan
    receipts: Mapping[str, FirmReceipt]
    review: str = ""

    def __iter__(self) -> Iterator[FirmPlan]:
        """What is to be sent, without effects."""
        return (firm for firm in self.plan.firms.without_effects() if firm.id in self._left)

    def __len__(self) -> int:
        return len(self._left)

    @cached_property
    def _left(self) -> frozenset[str]:
        return frozenset(firm for firm, each in self.receipts.items() if each.outcome is Outcome.NOT_SENT)


def check_fresh(
    plan: Plan,
    portal: Reader,
    chosen: frozenset[str] | None = None,
    review: str = "",
    watch: Watch = unwatched,
) -> FreshPlan:
    """Its firms, all or only the chosen ones. PlanRefused if the plan is for another portal, another
    portalsync, or an older state of one of them; a firm that this plan itself moved on counts as done.
    """
    info = portal.portal()
    check_portal(plan, info)
    current = {summary.id: summary for summary in portal.firms()}
    name = cache(partial(plan_name, plan, review))  # it reads all parts: only where it is asked for
    stale, receipts = list[Phrase](), dict[str, FirmReceipt]()
    for firm, _ in zip(plan.firms.without_changes(), watch(plan.firms.digests), strict=True):
        if chosen is not None and firm.id not in chosen:
            continue
        now = current.get(firm.id)
        moved = _moved(name, firm, now, portal)
        receipts[firm.id] = not_yet(firm) if moved is None else _done(firm, moved)
        if moved is None:
            stale.extend(_stale(firm, now))
    fresh = FreshPlan(plan, receipts, review)
    _check_options({key: plan.options[key] for key in sorted(_touched(fresh))}, info.options)
    if stale:
        told = first_of(stale, _MOST_TOLD, "; ")
        raise PlanRefused(phrase("errors.plan.stale.message", firms=told), phrase("errors.plan.stale.hint"))
    return fresh


def _touched(fresh: FreshPlan) -> Iterable[str]:
    """The options that are edited or claimed by what is to be sent: of all parts, the head has them."""
    if len(fresh) == len(fresh.plan.firms):
        return fresh.plan.options
    return {option for firm in fresh for option in firm.options}


def not_yet(firm: FirmPlan) -> FirmReceipt:
    """What holds of a firm that is to be sent."""
    return receipt_of(firm, Outcome.NOT_SENT)


def _done(firm: FirmPlan, by: HistoryEntry) -> FirmReceipt:
    told = phrase("receipt.by", at=moment(by.at, firm.time_zone), actor=Foreign(by.actor))
    return receipt_of(firm, Outcome.ALREADY_APPLIED, told)


def check_portal(plan: Plan, info: PortalInfo) -> None:
    """PlanRefused if it was made for another portal, or for this one before it was set back."""
    if info.portal != plan.portal:
        raise PlanRefused(
            phrase("errors.plan.other-portal.message"),
            phrase("errors.plan.other-portal.hint", environment=plan.environment),
        )
    if plan.epoch == info.epoch_id:
        return
    if info.epoch is ABSENT:
        raise PlanRefused(phrase("errors.plan.set-back.message"), phrase("errors.plan.set-back.hint"))
    raise PlanRefused(
        phrase("errors.plan.restored.message", at=moment(info.epoch.since)),
        phrase("errors.plan.restored.hint"),
    )


def _moved(
    name: Callable[[], str], firm: FirmPlan, now: FirmSummary | None, portal: Reader
) -> HistoryEntry | None:
    """How the firm came where it is, if this plan or one of the same review moved it there, and nothing
    happened since.
    """
    if now is None or (now.generation, now.digest) != (firm.generation + 1, firm.digest_after):
        return None
    entry = entry_of(firm.id, now.generation, portal)
    return entry if entry is not None and is_of(name(), entry) else None


def _check_options(touched: Mapping[str, str], portal: Mapping[str, str]) -> None:
    """The options that are touched must be what the plan was made with, here and on the portal."""
    other = [
        phrase(
            "errors.plan.other-options.option",
            option=key,
            planned=version(known),
            here=version(vocabulary().get(key)),
            portal=version(portal.get(key)),
        )
        for key, known in touched.items()
        if not known == vocabulary().get(key) == portal.get(key)
    ]
    if other:
        raise PlanRefused(
            phrase("errors.plan.other-options.message", options=joined(other, "; ")),
            phrase("errors.plan.other-options.hint"),
        )


def _stale(firm: FirmPlan, now: FirmSummary | None) -> Iterator[Phrase]:
    """Why the portal is not what the firm was planned for."""
    planned = str(firm.generation)
    if now is None:
        yield phrase("errors.plan.stale.gone", firm=firm.id, planned=planned)
    elif now.generation != firm.generation:
        yield phrase("errors.plan.stale.firm", firm=firm.id, planned=planned, now=str(now.generation))
    elif now.audit != firm.audit:
        yield phrase("errors.plan.stale.audit", firm=firm.id, planned=planned)
