"""What differs in a mapping or a list, part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from portalsync.config.yaml.nodes import Node
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON

Parts: TypeAlias = Mapping[str, JSON]
"""What a collection holds, by key; in a list by the `id` of an entry, or by the value itself."""


@dataclass(frozen=True, slots=True)
class Added:
    """A new part; `key` is None in a list. It stands behind the part of this number, or before all at -1."""

    behind: int
    key: str | None
    value: JSON


@dataclass(frozen=True, slots=True)
class Staying:
    """A part that is there before and after, perhaps with another value."""

    step: str | int
    node: Node
    before: JSON
    after: JSON


@dataclass(frozen=True, slots=True)
class Delta:
    """The parts of a collection as they stand in the file: those that stay, and what comes."""

    nodes: Sequence[Node]
    staying: Mapping[int, Staying]
    """By their number."""
    added: Sequence[Added]

    @property
    def first(self) -> int:
        """The first part that stays."""
        return min(self.staying)

    def gone(self) -> Iterator[int]:
        return (number for number in range(len(self.nodes)) if number not in self.staying)


def parts_of(value: JSON) -> Parts | None:
    """None for what has no parts, or such as cannot be told from one another."""
    if isinstance(value, dict):
        return {str(key): each for key, each in value.items()}
    if not isinstance(value, list):
        return None
    known = {_identity(each): each for each in value}
    return known if len(known) == len(value) else None


def _identity(each: JSON) -> str:
    is_entry = isinstance(each, dict) and "id" in each
    return canonical(each["id"] if is_entry else each).decode()  # type: ignore[index,call-overload]  # a mapping then


def delta(node: Node, before: JSON, after: JSON) -> Delta | None:
    """None if no part stays, or those that do are in another order: then the whole is another."""
    old, new = parts_of(before), parts_of(after)
    if old is None or new is None or type(before) is not type(after):
        return None
    staying = [part for part in old if part in new]
    if not staying or (isinstance(before, list) and staying != [part for part in new if part in old]):
        return None
    steps = zip(node.children.items(), old.items(), strict=True)
    return Delta(
        [*node.children.values()],
        {
            number: Staying(step, child, value, new[part])
            for number, ((step, child), (part, value)) in enumerate(steps)
            if part in new
        },
        [*_added([*old], new, is_list=isinstance(after, list))],
    )


def _added(old: Sequence[str], new: Parts, *, is_list: bool) -> Iterator[Added]:
    behind = -1
    for part, value in new.items():
        if part in old:
            behind = old.index(part)
        else:
            yield Added(behind, None if is_list else part, value)
