"""The lines of a plan file after its head: what parts share, and the parts, in numbers for names."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from portalsync.model.apart import Apart, named, renamed
from portalsync.model.canonical import canonical
from portalsync.model.firm_plan import FirmPlan
from portalsync.planning.assembly import Assembly, Fresh, unheeded
from portalsync.planning.parts import GatheredParts


@dataclass
class Lines:
    """Over the parts that they are read into and written from. A body that several parts have has a line
    before the first that has it, and is called by that line's number, from 0; those that a part has alone
    stand before it in its line: -1 is the first.

    What is read is held against what would be written while it goes by: lines are canonical, and numbers come
    in the order in which they are given. What is shared, only the end tells. `fresh` is handed each body
    that is read, if no part before had it.
    """

    parts: GatheredParts
    fresh: Fresh = unheeded
    _names: list[str] = field(default_factory=list)
    _bodies: dict[str, bytes] = field(default_factory=dict)
    """What was read and is shared."""
    _used: int = 0
    """How many of these the parts had so far."""
    _doubted: set[str] = field(default_factory=set)
    """Those that are said to come for the first time, and of which `parts` says that they went by."""

    def __post_init__(self) -> None:
        self._assembly = Assembly(self._bodies, self.fresh)

    def take(self, line: bytes, body: Any) -> FirmPlan | None:
        """The part that a line is, of which `body` is the JSON; None for what is shared. ValueError,
        TypeError or LookupError for what is neither.
        """
        match body:
            case {"shared": shared, **more} if not more:
                self._take_shared(line, shared)
                return None
            case {"own": [*own], "part": dict(part), **more} if not more:
                return self._take_part(line, own, part)
            case _:
                raise ValueError("neither a part nor shared")

    def _take_shared(self, line: bytes, shared: Any) -> None:
        known = len(self._bodies)
        name = named(shared, self._bodies)
        if len(self._bodies) == known or line != b'{"shared":%b}\n' % self._bodies[name]:
            raise ValueError("a body that has a line already, or another form")
        self._names.append(name)

    def _take_part(self, line: bytes, own: list[Any], part: dict[str, Any]) -> FirmPlan:
        bodies: dict[str, bytes] = {}
        numbers = _Numbers([named(each, bodies) for each in own], self._names, self._used)
        if line != b'{"own":[%b],"part":%b}\n' % (b",".join(bodies.values()), canonical(part)):
            raise ValueError("another form, or a body twice")
        naming = renamed(part, numbers.name)
        if not numbers.are_all_used or not self._bodies.keys().isdisjoint(bodies):
            raise ValueError("a body that no part has, or that stands elsewhere")
        came, self._used = self._names[self._used :], numbers.used
        shared = {name: self._bodies[name] for name in numbers.shared}
        self.parts.take(Apart(str(part["id"]), canonical(naming), {**bodies, **shared}))
        if not self.parts.shared.keys().isdisjoint(bodies):
            raise ValueError("a body that several parts have")
        self._doubted |= self.parts.shared.keys() & {*came}
        return self._assembly.part(naming, dict(zip(bodies, own, strict=True)))

    def check(self) -> None:
        """ValueError if the lines that were read are not those that would be written."""
        if self.parts.shared.keys() != self._bodies.keys():
            raise ValueError("a body has a line that is not for several parts")
        # Whether a name went by is known but for very few, of which it is looked up.
        if self._doubted and any(self._doubted & bodies.keys() for _, bodies in self.parts.stored()):
            raise ValueError("a body that a part before its line has")

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


@dataclass
class _Numbers:
    """Names by the numbers that one part has for them. LookupError, TypeError or ValueError for a number that
    `_Places` would not have given. `own` are the part's, `names` those of lines, of which the parts before
    used some.
    """

    own: list[str]
    names: list[str]
    used: int
    shared: dict[str, int] = field(default_factory=dict)
    _own_used: int = 0

    def name(self, number: int) -> str:
        if type(number) is not int:  # true would do as 1
            raise TypeError("no number")
        if number < 0:
            self._own_used = _next(-1 - number, self._own_used)
            return self.own[-1 - number]
        if number >= self.used:
            self.used = _next(number, self.used)
        name = self.names[number]
        self.shared[name] = number
        return name

    @property
    def are_all_used(self) -> bool:
        return (self._own_used, self.used) == (len(self.own), len(self.names))


def _next(place: int, used: int) -> int:
    """How many places are used afterwards."""
    if place > used:
        raise ValueError("not in the order in which they come")
    return max(used, place + 1)
