"""A part of a plan taken apart: bodies that other parts may have too, and what names them by their digest.

    {"changes":["8J…",["c1…","set","firms/almtal.yaml:33:13"]],"effects":[[412,"x9…","Qk…"]],"managed":"…",…}

A change from a file that firms share is a body. Of one from the firm's own file only the edit is, for no
other firm has the line. Of an effect there are two: what happens where, and what it says there, which is the
same at several places. See docs/decisions/0079.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, TypeAlias

from portalsync.model.canonical import canonical, short_bytes_digest
from portalsync.model.codec import encode
from portalsync.model.effect import EffectKind, Happening, Reach, Saying
from portalsync.model.firm_plan import Change, FirmPlan
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import Place
from portalsync.model.remembered import Remembered

Naming: TypeAlias = dict[str, Any]
"""A part's JSON with names, or whatever stands for them, in place of bodies."""
BodyOf: TypeAlias = Callable[[str], Any]
"""Finds the body that is called so in one part."""
Swap: TypeAlias = Callable[[Any], Any]

_LISTS = ("warnings", "broken")
_WHOLE = ("managed", "managed_before", "stays")


@dataclass(frozen=True, slots=True)
class Apart:
    """`naming` is canonical JSON, and what the part's digest is over; `bodies` are canonical JSON by name."""

    id: str
    naming: bytes
    bodies: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        return short_bytes_digest(self.naming)

    def to_json(self) -> JSONObject:
        """As texts, which nobody on the way has to read."""
        bodies: JSONObject = {name: body.decode() for name, body in self.bodies.items()}
        return {"id": self.id, "naming": self.naming.decode(), "bodies": bodies}

    @classmethod
    def from_json(cls, body: Mapping[str, Any], known: dict[str, bytes]) -> "Apart":
        """Bodies without a text are `known` from before; afterwards all of the part are. ValueError for one
        that is not known; for one under the name of another: other firms' parts would have it too; and for
        a part that says it is of another firm.
        """
        for name, text in body["bodies"].items():
            if text is None and name not in known:
                raise ValueError("a body that was not sent")
            if text is not None and short_bytes_digest(text.encode()) != name:
                raise ValueError("a body under another name")
            if text is not None:
                known[name] = text.encode()
        if json.loads(body["naming"])["id"] != body["id"]:
            raise ValueError("a part of another firm")
        return cls(body["id"], body["naming"].encode(), {name: known[name] for name in body["bodies"]})


def named(body: JSON, bodies: dict[str, bytes]) -> str:
    """The name of a body, which goes to `bodies`."""
    text = canonical(body)
    name = short_bytes_digest(text)
    bodies[name] = text
    return name


def apart_of(firm: FirmPlan) -> Apart:
    """A part in names and bodies."""
    bodies: dict[str, bytes] = {}
    name = partial(named, bodies=bodies)
    part: Any = encode(replace(firm, changes=(), effects=()))
    naming = {
        **part,
        "changes": [_change(firm.id, each, bodies) for each in firm.changes],
        "effects": [*_effects(firm.effects, bodies)],
        **{key: [name(each) for each in part[key]] for key in _LISTS if key in part},
        **{key: name(part[key]) for key in _WHOLE if key in part},
    }
    return Apart(firm.id, canonical(naming), bodies)


def is_of_own_file(source: str, firm: str) -> bool:
    """Whether a line is in a file that is called after the firm."""
    return f"/{firm}." in source


def _change(firm: str, change: Change, bodies: dict[str, bytes]) -> JSON:
    if not is_of_own_file(change.source, firm):
        name, bodies[name] = _whole(change)
        return name
    undoes: list[JSON] = [encode(change.undoes)] if change.undoes is not None else []
    return [named(encode(change.edit), bodies), str(change.reason), change.source, *undoes]


def _effects(effects: Iterable[Reach], bodies: dict[str, bytes]) -> Iterator[JSON]:
    """What is the same object at several places is written once."""
    said: dict[tuple[int, int], str] = {}
    for each in effects:
        effect = each.effect
        happens, bodies[happens] = _happening((
            effect.kind, effect.block, effect.place, effect.personas, effect.everyone, effect.since,
            effect.until,
        ))  # fmt: skip
        saying = id(effect.labels), id(effect.readings)
        if saying not in said:
            said[saying] = named(encode(Saying(effect.labels, effect.readings)), bodies)
        yield [each.clients, happens, said[saying], *([True] if each.at_most else [])]


_Body: TypeAlias = tuple[str, bytes]
"""Its name, and itself."""


def _body(value: object) -> _Body:
    text = canonical(encode(value))
    return short_bytes_digest(text), text


_whole = Remembered(_body)
"""Of what firms share."""


@lru_cache(4096)
def _happening(parts: tuple[EffectKind, str, Place, tuple[str, ...], bool, str, str]) -> _Body:
    """Firms have most of them in common."""
    return _body(Happening(*parts))


def renamed(naming: Naming, swap: Swap) -> Naming:
    """The same with each name put through `swap`, in the order in which they stand there."""
    return {
        **naming,
        "changes": [
            [swap(each[0]), *each[1:]] if isinstance(each, list) else swap(each) for each in naming["changes"]
        ],
        "effects": [
            [clients, swap(happens), swap(says), *at_most]
            for clients, happens, says, *at_most in naming["effects"]
        ],
        **{key: [swap(each) for each in naming[key]] for key in _LISTS if key in naming},
        **{key: swap(naming[key]) for key in _WHOLE if key in naming},
    }
