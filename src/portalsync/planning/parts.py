"""The parts of a plan, gathered one by one; what several of them have is kept once."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import IO, Annotated, Any, TypeAlias, TypeVar

from portalsync.model.annotations import Count, Omitted
from portalsync.model.canonical import canonical, short_digest
from portalsync.model.codec import decode
from portalsync.model.effect import Effect, Reach
from portalsync.model.finding import BrokenPromise, PlanFinding
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.plan import Change, FirmPlan, PartDigest, with_shared

T = TypeVar("T")
Bodies: TypeAlias = dict[str, JSON]
"""Changes, effects, lists of claims, findings and what stays, by their digest."""


_LISTS = {"changes", "effects", "warnings", "broken"}
"""Keys of a part under which bodies are listed."""


@dataclass(frozen=True, slots=True)
class _NamedReach:
    """A reach whose effect is named by its digest."""

    effect: str
    clients: Count
    at_most: Annotated[bool, Omitted()] = False


@dataclass(eq=False)
class GatheredParts:
    """Parts in a file of their own, `spool`: a line for each, which names its bodies by their digest and has
    those that no part before it had. In memory are only bodies that were named more than once.
    """

    spool: IO[bytes]
    _end: int = 0
    _digests: list[PartDigest] = field(default_factory=list)
    _uses: Counter[str] = field(default_factory=Counter)
    _shared: Bodies = field(default_factory=dict)
    _decoded: dict[str, Any] = field(default_factory=dict)

    @property
    def digests(self) -> tuple[PartDigest, ...]:
        return tuple(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def __iter__(self) -> Iterator[FirmPlan]:
        return (self._decode(part, bodies) for part, bodies in self._gathered())

    def share(self, body: JSON) -> None:
        """Make a body known that parts to come name by its digest."""
        self._shared[short_digest(body)] = body

    def add(self, part: JSONObject) -> None:
        """The next part, in the order of firms' ids. KeyError if it names a body that is not known."""
        new: Bodies = {}
        naming = with_shared(part, lambda body: self._name(body, new))
        self._digests.append(PartDigest(str(part["id"]), short_digest(naming)))
        self.spool.seek(self._end)
        self._end += self.spool.write(canonical({"part": naming, "bodies": new}) + b"\n")

    def _name(self, body: JSON, new: Bodies) -> str:
        name = body if isinstance(body, str) else short_digest(body)
        self._uses[name] += 1
        if name not in self._shared:
            if isinstance(body, str):
                raise KeyError(name)
            (new if self._uses[name] == 1 else self._shared)[name] = body
        return name

    def lines(self) -> Iterator[JSONObject]:
        """The parts as a plan file has them: what several have stands before the first that names it."""
        written: set[str] = set()
        for part, bodies in self._gathered():
            shared: Bodies = {}
            placed = with_shared(part, partial(self._placed, bodies=bodies, shared=shared))
            yield from ({"shared": body} for name, body in shared.items() if name not in written)
            yield {"part": placed}
            written |= shared.keys()

    def _placed(self, name: JSON, bodies: Bodies, shared: Bodies) -> JSON:
        """The body itself; its name where it is shared, and then it goes to `shared` too."""
        known = str(name)
        if self._uses[known] == 1:
            return self._body(known, bodies)
        shared[known] = self._shared[known]
        return known

    def _gathered(self) -> Iterator[tuple[JSONObject, Bodies]]:
        """Loops may overlap: each knows its own place in the file."""
        place = 0
        for _ in range(len(self)):
            self.spool.seek(place)
            line = self.spool.readline()
            place += len(line)
            gathered = json.loads(line)
            yield gathered["part"], gathered["bodies"]

    def _decode(self, part: Mapping[str, Any], bodies: Bodies) -> FirmPlan:
        whole = [key for key in ("managed", "managed_before", "stays") if key in part]
        named = {key: self._body(part[key], bodies) for key in whole}
        bare = decode(FirmPlan, {**part, **named, **{key: [] for key in part.keys() & _LISTS}})
        reaches = (decode(_NamedReach, each) for each in part["effects"])
        return replace(
            bare,
            changes=self._all(Change, part["changes"], bodies),
            effects=tuple(
                Reach(self._read(Effect, each.effect, bodies), each.clients, each.at_most) for each in reaches
            ),
            warnings=self._all(PlanFinding, part.get("warnings", ()), bodies),
            broken=self._all(BrokenPromise, part.get("broken", ()), bodies),
        )

    def _body(self, name: str, bodies: Bodies) -> JSON:
        return self._shared[name] if name in self._shared else bodies[name]

    def _all(self, kind: type[T], names: Iterable[str], bodies: Bodies) -> tuple[T, ...]:
        return tuple(self._read(kind, name, bodies) for name in names)

    def _read(self, kind: type[T], name: str, bodies: Bodies) -> T:
        """What several firms have is one object."""
        if name not in self._shared:
            return decode(kind, bodies[name])
        if name not in self._decoded:
            self._decoded[name] = decode(kind, self._shared[name])
        found: T = self._decoded[name]
        return found
