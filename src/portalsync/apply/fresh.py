"""Whether the portal is still what a plan was made for; a stale plan is refused before anything is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from portalsync.backend.protocol import Reader
from portalsync.catalog.vocabulary import version, vocabulary
from portalsync.errors import PlanRefused
from portalsync.lexicon import Phrase, joined, phrase
from portalsync.model.plan import FirmPlan, Plan
from portalsync.wire import FirmSummary


@dataclass(frozen=True, slots=True)
class FreshPlan:
    """A plan, and those of its firms that are on the portal what they were when it was made; `check_fresh`
    makes it.
    """

    plan: Plan
    chosen: frozenset[str]

    @property
    def firms(self) -> Iterator[FirmPlan]:
        return (firm for firm in self.plan.firms if firm.id in self.chosen)


def check_fresh(plan: Plan, portal: Reader, chosen: frozenset[str] | None = None) -> FreshPlan:
    """Its firms, all or only the chosen ones. PlanRefused if the plan is for another portal, another
    portalsync, or an older state of one of them.
    """
    info = portal.portal()
    if info.portal != plan.portal:
        raise PlanRefused(
            phrase("errors.plan.other-portal.message"),
            phrase("errors.plan.other-portal.hint", environment=plan.environment),
        )
    ids = frozenset(each.id for each in plan.firms.digests)
    fresh = FreshPlan(plan, ids if chosen is None else ids & chosen)
    current = {summary.id: summary for summary in portal.firms()}
    touched, stale = set[str](), list[Phrase]()
    for firm in fresh.firms:
        touched |= firm.options
        stale.extend(_stale(firm, current.get(firm.id)))
    _check_options({key: plan.options[key] for key in sorted(touched)}, info.options)
    if stale:
        told = reduce(_and, stale[:5])
        raise PlanRefused(phrase("errors.plan.stale.message", firms=told), phrase("errors.plan.stale.hint"))
    return fresh


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


def _and(firms: Phrase, following: Phrase) -> Phrase:
    return phrase("errors.plan.stale.and", firms=firms, next=following)
