"""The lines of a plan file after its head: what parts share, and the parts, in numbers for names."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from portalsync.model.apart import Apart, named, renamed
from portalsync.model.canonical import canonical
from portalsync.planning.parts import GatheredParts


@dataclass
class Lines:
    """Over the parts that they are read into and written from. A body that several parts have has a line
    before the first that has it, and is called by that line's number, from 0; those that a part has alone
    stand before it in its line: -1 is the first.
    """

    parts: GatheredParts
    _names: list[str] = field(default_factory=list)
    _bodies: dict[str, bytes] = field(default_factory=dict)
    """What was read and is shared."""

    def take(self, body: Any) -> None:
        """One line that was read. ValueError, TypeError or LookupError for what is none."""
        match body:
            case {"shared": shared, **more} if not more:
                self._names.append(named(shared, self._bodies))
            case {"own": [*own], "part": dict(part), **more} if not more:
                self._take_part(own, part)
            case _:
                raise ValueError("neither a part nor shared")

    def _take_part(self, own: list[Any], part: dict[str, Any]) -> None:
        bodies: dict[str, bytes] = {}
        names = [named(each, bodies) for each in own]

        def name(number: int) -> str:
            if number < 0:
                return names[-1 - number]
            bodies[self._names[number]] = self._bodies[self._names[number]]
            return self._names[number]

        naming = canonical(renamed(part, name))
        self.parts.take(Apart(str(part["id"]), naming, bodies))

    def written(self) -> Iterator[bytes]:
        """All lines, as they are to be if nobody altered the file."""
        numbers: dict[str, int] = {}
        for naming, bodies in self.parts.stored():
            places = _Places(self.parts.shared, numbers)
            numbered = renamed(naming, places.number)
            yield from (b'{"shared":%b}' % self.parts.shared[name] for name in places.new)
            yield canonical({"own": [bodies[name] for name in places.own], "part": numbered})


@dataclass(frozen=True)
class _Places:
    """Numbers for the names of one part. `new` are those that no part before it had."""

    shared: Container[str]
    numbers: dict[str, int]
    own: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)

    def number(self, name: str) -> int:
        if name not in self.shared:
            return self.own.setdefault(name, -1 - len(self.own))
        if name not in self.numbers:
            self.new.append(name)
            self.numbers[name] = len(self.numbers)
        return self.numbers[name]
