"""What an apply did, firm by firm."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from portalsync.lexicon import Text
from portalsync.model.annotations import VERSION_DOC, Count, Digest, Doc


class Outcome(StrEnum):
    COMMITTED = "committed"
    ALREADY_APPLIED = "already_applied"
    DIFFERS = "differs"
    REFUSED = "refused"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"

    @property
    def is_done(self) -> bool:
        """Whether the firm is as planned."""
        return self in (Outcome.COMMITTED, Outcome.ALREADY_APPLIED)


MADE = frozenset({Outcome.COMMITTED, Outcome.ALREADY_APPLIED, Outcome.DIFFERS})
"""The plan made a generation of the firm."""


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
            "stopped before it; why stands in detail."
        ),
    ]
    before: Annotated[Count, Doc("The generation before.")]
    after: Annotated[Count, Doc("The generation that was made; 0 if none was.")] = 0
    detail: Annotated[Text, Doc("What the portal said, or why; may be empty.")] = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an apply did, firm by firm."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[str, Doc("The environment that was applied to.")]
    plan: Annotated[Digest, Doc("The digest of the plan that was applied.")]
    firms: tuple[FirmReceipt, ...]
