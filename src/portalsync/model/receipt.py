"""What an apply did, firm by firm."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from portalsync.lexicon import Text
from portalsync.model.annotations import Count, Doc


class Outcome(StrEnum):
    COMMITTED = "committed"
    ALREADY_APPLIED = "already_applied"
    DIFFERS = "differs"
    REFUSED = "refused"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    PARTLY = "partly"
    LEFT = "left"

    @property
    def is_done(self) -> bool:
        """Whether the firm is as planned."""
        return self in (Outcome.COMMITTED, Outcome.ALREADY_APPLIED)


MADE = frozenset({Outcome.COMMITTED, Outcome.ALREADY_APPLIED, Outcome.DIFFERS, Outcome.PARTLY})
"""The plan made a generation of the firm."""


class Extent(StrEnum):
    """How much of a plan is on the portal for certain."""

    APPLIED = "applied"
    ALREADY_APPLIED = "already_applied"
    IN_PART = "in_part"
    OTHERWISE = "otherwise"
    REST_UNKNOWN = "rest_unknown"
    UNKNOWN = "unknown"
    NOTHING_APPLIED = "nothing_applied"
    NOTHING_TO_APPLY = "nothing_to_apply"


@dataclass(frozen=True, slots=True)
class FirmReceipt:
    """What became of one firm."""

    id: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("The firm's name.")]
    outcome: Annotated[
        Outcome,
        Doc(
            "committed: written, read back, and equal to the plan. already_applied: this plan was applied "
            "to the firm before. differs: written, but something else was read back. refused: the portal "
            "wrote nothing. not_done: sent, no valid answer came, and what was read back shows that the plan "
            "has changed nothing. unknown: sent, and nothing certain can be read back. not_sent: the apply "
            "stopped before it; why stands in detail. On a portal without an API, partly: some steps are "
            "ticked and recorded. left: none is; which ones are left stands in detail."
        ),
    ]
    before: Annotated[Count, Doc("The generation before.")]
    after: Annotated[Count, Doc("The generation that was made; 0 if none was.")] = 0
    detail: Annotated[Text, Doc("What the portal said, or why; may be empty.")] = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an apply did, firm by firm. `environment` and `plan`, its digest, are empty until they are
    known.
    """

    environment: str = ""
    plan: str = ""
    firms: tuple[FirmReceipt, ...] = ()

    @property
    def extent(self) -> Extent:
        outcomes = {firm.outcome for firm in self.firms}
        if all(outcome.is_done for outcome in outcomes):
            return _DONE.get(frozenset(outcomes), Extent.APPLIED)
        if Outcome.PARTLY in outcomes:
            return Extent.IN_PART
        if outcomes <= MADE:
            return Extent.OTHERWISE
        if Outcome.UNKNOWN in outcomes:
            return Extent.REST_UNKNOWN if outcomes & MADE else Extent.UNKNOWN
        return Extent.IN_PART if outcomes & MADE else Extent.NOTHING_APPLIED


_DONE = {
    frozenset[Outcome](): Extent.NOTHING_TO_APPLY,
    frozenset({Outcome.ALREADY_APPLIED}): Extent.ALREADY_APPLIED,
}
