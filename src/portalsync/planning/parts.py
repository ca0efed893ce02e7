"""The parts of a plan, gathered one by one; what several of them have is kept once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import IO

from portalsync.model.apart import Apart, BodyOf, Naming
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSON
from portalsync.model.plan import PartDigest
from portalsync.planning.assembly import Assembly, Bodies
from portalsync.planning.seen import Seen


@dataclass(eq=False)
class GatheredParts:
    """Parts in a file of their own, `spool`: a line for each, which names its bodies by their digest and has
    those that no part before it had. In memory are only bodies that more than one part has.
    """

    spool: IO[bytes]
    _end: int = 0
    _digests: list[PartDigest] = field(default_factory=list)
    _seen: Seen = field(default_factory=Seen)
    shared: dict[str, bytes] = field(default_factory=dict)
    """Bodies that more than one part has, by name: canonical JSON."""

    @property
    def digests(self) -> tuple[PartDigest, ...]:
        return tuple(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def __iter__(self) -> Iterator[FirmPlan]:
        return self._each()

    def without_effects(self) -> Iterator[FirmPlan]:
        return self._each(effects=[])

    def without_changes(self) -> Iterator[FirmPlan]:
        return self._each(changes=[], effects=[])

    def _each(self, **left_out: JSON) -> Iterator[FirmPlan]:
        assembly = Assembly(self.shared)
        return (assembly.part({**naming, **left_out}, bodies) for naming, bodies in self.stored())

    def apart(self) -> Iterator[tuple[Naming, BodyOf]]:
        return ((naming, partial(self._body, bodies)) for naming, bodies in self.stored())

    def _body(self, bodies: Bodies, name: str) -> JSON:
        return bodies[name] if name in bodies else json.loads(self.shared[name])

    def take(self, apart: Apart) -> None:
        """The next part, in the order of firms' ids."""
        new = sorted(name for name in apart.bodies if name not in self.shared)
        own = {name: apart.bodies[name] for name in new if self._is_own(name, apart.bodies)}
        bodies = b",".join(b'"%b":%b' % (name.encode(), body) for name, body in own.items())
        self._digests.append(PartDigest(apart.id, apart.digest))
        self.spool.seek(self._end)
        self._end += self.spool.write(b'{"bodies":{%b},"part":%b}\n' % (bodies, apart.naming))

    def _is_own(self, name: str, bodies: Mapping[str, bytes]) -> bool:
        """Whether no part before had it. If one had, it is shared from now on."""
        if not self._seen.again(name):
            return True
        self.shared[name] = bodies[name]
        return False

    def stored(self) -> Iterator[tuple[Naming, Bodies]]:
        """Each part with bodies that are its own, or were until another part had them. Loops may overlap:
        each knows its own place in the file.
        """
        place = 0
        for _ in range(len(self)):
            self.spool.seek(place)
            line = self.spool.readline()
            place += len(line)
            stored = json.loads(line)
            yield stored["part"], stored["bodies"]
