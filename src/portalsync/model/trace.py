"""How a setting came about: what each layer says of it, and what that lost to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from portalsync.model.desired import Statement
from portalsync.model.settings import parents


@dataclass(frozen=True, slots=True)
class Step:
    """One layer's word. `lost_to` is what a later layer says of the same path or of one above it, None
    for the word that stands.
    """

    statement: Statement
    lost_to: Statement | None


_Numbered: TypeAlias = tuple[int, Statement]


def traces(statements: Iterable[Statement]) -> dict[str, tuple[Step, ...]]:
    """For each path that a layer speaks of, sorted: the steps that lead to its value, lowest layer first.
    Where the last one says None, the path is unmanaged; where it says nothing (ABSENT), it is not to be set.
    """
    spoken: dict[str, list[_Numbered]] = {}
    for number, statement in enumerate(statements):
        spoken.setdefault(statement.path, []).append((number, statement))
    return {path: tuple(_steps([*_about(path, spoken)])) for path in sorted(spoken)}


def _about(path: str, spoken: Mapping[str, Sequence[_Numbered]]) -> Iterator[Statement]:
    """Values stand at the ends of paths, so whatever is said further up takes them away."""
    numbered = (each for part in (path, *parents(path)) for each in spoken.get(part, ()))
    return (statement for _, statement in sorted(numbered, key=lambda each: each[0]))


def _steps(statements: Sequence[Statement]) -> Iterator[Step]:
    return map(Step, statements, (*statements[1:], None))
