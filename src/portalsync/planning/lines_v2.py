"""The lines of plan files of version 2, which are still read: docs/decisions/0042.

A change, an effect or a list of claims that stands more than once has a line of its own before the first part
that has it, and parts name it by its digest. What stands once stands in its part.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from portalsync.model.apart import apart_of
from portalsync.model.canonical import canonical, short_digest
from portalsync.model.codec import decode, encode
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSON, JSONObject
from portalsync.planning.parts import GatheredParts


@dataclass
class NamedLines:
    """The lines of `planning/lines.py`, as they were."""

    parts: GatheredParts
    _bodies: dict[str, JSON] = field(default_factory=dict)

    def take(self, body: Any) -> None:
        match body:
            case {"shared": shared, **more} if not more:
                self._bodies[short_digest(shared)] = shared
            case {"part": dict(part), **more} if not more:
                whole = _with_bodies(part, lambda each: self._bodies[each] if isinstance(each, str) else each)
                self.parts.take(
                    apart_of(decode(FirmPlan, whole)), short_digest(_with_bodies(whole, short_digest))
                )
            case _:
                raise ValueError("neither a part nor shared")

    def written(self) -> Iterator[bytes]:
        once, several = set[str](), set[str]()
        for firm in self.parts:
            _with_bodies(encode(firm), partial(_note, once=once, several=several))
        written: set[str] = set()
        for firm in self.parts:
            shared: dict[str, JSON] = {}
            placed = _with_bodies(encode(firm), partial(_placed, several=several, shared=shared))
            yield from (canonical({"shared": body}) for name, body in shared.items() if name not in written)
            yield canonical({"part": placed})
            written |= shared.keys()


def _note(body: JSON, once: set[str], several: set[str]) -> str:
    name = short_digest(body)
    (several if name in once else once).add(name)
    return name


def _placed(body: JSON, several: set[str], shared: dict[str, JSON]) -> JSON:
    """The body itself; its name where it is shared, and then it goes to `shared` too."""
    name = short_digest(body)
    if name not in several:
        return body
    shared[name] = body
    return name


def _with_bodies(part: JSONObject, swap: Callable[[Any], JSON]) -> JSONObject:
    """A part's JSON with whatever firms may share put through `swap`. TypeError or KeyError for no part."""
    listed = ("warnings", "broken", "changes")
    single = ("managed", "managed_before", "stays")
    return {
        **part,
        **{key: _each(part[key], swap) for key in listed if key in part},
        "effects": _each(part["effects"], lambda reach: {**reach, "effect": swap(reach["effect"])}),
        **{key: swap(part[key]) for key in single if key in part},
    }


def _each(bodies: Any, swap: Callable[[Any], JSON]) -> list[JSON]:
    if not isinstance(bodies, list):
        raise TypeError("a part without its lists")
    return [swap(body) for body in bodies]
