"""What an apply did, firm by firm."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from portalsync.lexicon import Text
from portalsync.model.annotations import VERSION_DOC, Count, Digest, Doc


class Outcome(StrEnum):
    COMMITTED = "committed"
    DIFFERS = "differs"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class FirmReceipt:
    """What became of one firm."""

    id: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("The firm's name.")]
    outcome: Annotated[
        Outcome,
        Doc(
            "committed: written, read back, and equal to the plan. differs: written, but something else was "
            "read back. refused: the portal wrote nothing. unknown: sent, and no answer came. not_sent: an "
            "earlier failure stopped the apply before it."
        ),
    ]
    before: Annotated[Count, Doc("The generation before.")]
    after: Annotated[Count, Doc("The generation that was made; 0 if none was.")] = 0
    detail: Annotated[Text, Doc("What the portal said; may be empty.")] = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an apply did, firm by firm."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[str, Doc("The environment that was applied to.")]
    plan: Annotated[Digest, Doc("The digest of the plan that was applied.")]
    firms: tuple[FirmReceipt, ...]
