"""A part of a plan taken apart: bodies that other parts may have too, and what names them by their digest.

    {"changes":["8J…",["c1…","set","firms/almtal.yaml:33:13"]],"effects":[[412,"x9…","Qk…"]],"managed":"…",…}

A change from a file that firms share is a body. Of one from the firm's own file only the edit is, for no
other firm has the line. Of an effect there are two: what happens where, and what it says there, which is the
same at several places. See docs/decisions/0079.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, TypeAlias

from portalsync.model.canonical import canonical, short_bytes_digest
from portalsync.model.effect import Saying
from portalsync.model.json_value import JSON, JSONObject

Naming: TypeAlias = dict[str, Any]
"""A part's JSON with names, or whatever stands for them, in place of bodies."""
BodyOf: TypeAlias = Callable[[str], Any]
"""Finds the body that is called so in one part."""
Swap: TypeAlias = Callable[[Any], Any]

_SAYING = tuple(each.name for each in fields(Saying))
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
    def from_json(cls, body: Mapping[str, Any]) -> "Apart":
        """ValueError for a body under the name of another: other firms' parts would have it too; and for a
        part that says it is of another firm.
        """
        bodies = {name: text.encode() for name, text in body["bodies"].items()}
        if any(short_bytes_digest(each) != name for name, each in bodies.items()):
            raise ValueError("a body under another name")
        if json.loads(body["naming"])["id"] != body["id"]:
            raise ValueError("a part of another firm")
        return cls(body["id"], body["naming"].encode(), bodies)


def named(body: JSON, bodies: dict[str, bytes]) -> str:
    """The name of a body, which goes to `bodies`."""
    text = canonical(body)
    name = short_bytes_digest(text)
    bodies[name] = text
    return name


def taken_apart(part: JSONObject) -> Apart:
    """A part's JSON, in names and bodies. TypeError or KeyError for what is no part."""
    bodies: dict[str, bytes] = {}
    name = partial(named, bodies=bodies)
    naming: Any = {
        **part,
        "changes": [_change(part, each, name) for each in _listed(part["changes"])],
        "effects": [_reach(each, name) for each in _listed(part["effects"])],
        **{key: [name(each) for each in _listed(part[key])] for key in _LISTS if key in part},
        **{key: name(part[key]) for key in _WHOLE if key in part},
    }
    return Apart(str(part["id"]), canonical(naming), bodies)


def is_of_own_file(source: str, firm: str) -> bool:
    """Whether a line is in a file that is called after the firm."""
    return f"/{firm}." in source


def _listed(bodies: JSON) -> list[Any]:
    if not isinstance(bodies, list):
        raise TypeError("a part without its lists")
    return bodies


def _change(part: JSONObject, change: dict[str, Any], name: Swap) -> JSON:
    if not is_of_own_file(change["source"], str(part["id"])):
        return str(name(change))
    undoes = [change["undoes"]] if change["undoes"] is not None else []
    return [name(change["edit"]), change["reason"], change["source"], *undoes]


def _reach(reach: dict[str, Any], name: Swap) -> JSON:
    effect = reach["effect"]
    happens = {key: value for key, value in effect.items() if key not in _SAYING}
    says = {key: effect[key] for key in _SAYING}
    at_most = [reach["at_most"]] if "at_most" in reach else []
    return [reach["clients"], name(happens), name(says), *at_most]


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
