"""Where texts are read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a text is read: whether it can show `color`, and its `width` in columns."""

    color: bool = False
    width: int = 100
