"""One edit of one settings path: what is there before, and what afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Final, Literal

from portalsync.model.annotations import Doc
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings


class Absent(Enum):
    """What a path has that is not set. `None` is JSON's null, which is a value."""

    ABSENT = "absent"

    def __bool__(self) -> Literal[False]:
        return False


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Edit:
    """A path's value before and after; absent where it is not set. In JSON, an absent one has no key."""

    path: Annotated[str, Doc("The dotted settings path.")]
    before: JSON | Absent = ABSENT
    after: JSON | Absent = ABSENT

    @classmethod
    def between(cls, path: str, before: Settings, after: Settings) -> "Edit":
        """What leads from one document's value at `path` to another's."""
        return cls(path, before.get(path, ABSENT), after.get(path, ABSENT))

    @property
    def inverse(self) -> "Edit":
        """What takes it back."""
        return Edit(self.path, self.after, self.before)

    def starts_from(self, settings: Settings) -> bool:
        """Whether `before` is what the settings have. Types count: `1` and `true` are two values."""
        held = settings.get(self.path, ABSENT)
        if held is ABSENT or self.before is ABSENT:
            return held is self.before
        return canonical(held) == canonical(self.before)


def applied_to(settings: Settings, edits: Iterable[Edit]) -> dict[str, JSON]:
    """Settings once the edits are made, one after the other."""
    result = dict(settings)
    for edit in edits:
        if edit.after is ABSENT:
            result.pop(edit.path, None)
        else:
            result[edit.path] = edit.after
    return result
