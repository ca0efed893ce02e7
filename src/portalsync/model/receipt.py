"""What an apply did, firm by firm."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portalsync.lexicon import Text
from portalsync.model.json_value import JSONObject


class Outcome(StrEnum):
    COMMITTED = "committed"
    """Written, read back, and equal to the plan."""
    DIFFERS = "differs"
    """Written, but what was read back is not what the plan says."""
    REFUSED = "refused"
    """The portal wrote nothing."""
    UNKNOWN = "unknown"
    """Sent, and no answer came."""
    NOT_SENT = "not_sent"
    """An earlier failure stopped the apply before it."""


@dataclass(frozen=True, slots=True)
class FirmReceipt:
    """`before` and `after` are generations; `after` is 0 unless one was made."""

    id: str
    name: str
    outcome: Outcome
    before: int
    after: int = 0
    detail: Text = ""

    def to_json(self, say: Callable[[Text], str] = str) -> JSONObject:
        return {
            "id": self.id,
            "name": self.name,
            "outcome": str(self.outcome),
            "before": self.before,
            "after": self.after,
            "detail": say(self.detail),
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    environment: str
    plan: str
    firms: tuple[FirmReceipt, ...]

    def to_json(self, say: Callable[[Text], str] = str) -> JSONObject:
        """The receipt as data; `say` words its details in a language."""
        return {
            "format_version": 1,
            "environment": self.environment,
            "plan": self.plan,
            "firms": [firm.to_json(say) for firm in self.firms],
        }
