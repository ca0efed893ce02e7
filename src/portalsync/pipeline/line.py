"""Whom a line of a layer reaches, firm by firm, as functions of bytes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from portalsync.backend.protocol import Reader
from portalsync.living.explain.layers import LayerStack, below
from portalsync.living.explain.line import FirmReached, Line, firm_reached
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.json_value import JSONObject
from portalsync.model.page import situation_of
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.each_firm import bodies, read_firm
from portalsync.pipeline.firm_files import Shared, shared_of
from portalsync.pipeline.load import facts_missing
from portalsync.pipeline.surveyed import Survey

_CHUNK = 10
"""Firms that are read and worked on at once."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a line reaches in firms; `unread` are those of which nobody knows the facts."""

    firms: tuple[FirmReached, ...]
    unread: tuple[str, ...]


def reached_by(  # noqa: PLR0913, PLR0917 - what is asked, of whom, when
    known: Survey,
    portal: Reader | None,
    line: Line,
    at: datetime,
    root: str,
    firms: Sequence[str],
    watch: Watch = unwatched,
) -> Reached:
    """In each of these firms; of those that the portal has not, by the copies of their facts. Files are named
    below `root`. InvalidConfig if nobody knows the facts of any, else the errors of a `Reader`.
    """
    there = {each.id for each in portal.firms()} if portal else set[str]()
    copied = [firm for firm in firms if firm not in there and known.firms[firm].has_facts]
    unread = tuple(firm for firm in firms if firm not in there and not known.firms[firm].has_facts)
    if firms and len(unread) == len(firms):
        raise facts_missing(known, unread[0])
    asked: JSONObject = {"at": at.isoformat(), "layer": line.layer, "paths": [*line.paths], "root": root}
    on_portal = [firm for firm in firms if firm in there]
    all_of_them = chain(
        bodies(known, portal, watch(on_portal), _CHUNK), bodies(known, None, watch(copied), _CHUNK)
    )
    found = known.stream.results(line_in_firms, asked, all_of_them, _CHUNK)
    reached = (decode(FirmReached, each["reached"]) for each in found)
    return Reached(tuple(sorted(reached, key=lambda each: each.id)), unread)


def line_in_firms(shared: bytes, asked: bytes, firms: bytes) -> bytes:
    """The results of firms, in order, for `reached_by`."""
    known, question = shared_of(shared), json.loads(asked)
    return canonical([{"id": firm["id"], **_worked_out(known, question, firm)} for firm in json.loads(firms)])


def _worked_out(shared: Shared, asked: Mapping[str, Any], firm: Mapping[str, Any]) -> JSONObject:
    read = read_firm(shared, firm)
    if isinstance(read, str):
        return {"picture": read}
    after = situation_of(read.desired.firm, read.in_force, read.facts, datetime.fromisoformat(asked["at"]))
    line, personas = Line(asked["layer"], asked["paths"]), tuple(read.config.personas.values())
    layers = LayerStack(read.desired, below(asked["root"]), read.layers)
    reached = firm_reached(layers, after, personas, line)
    return {"reached": encode(reached)}
