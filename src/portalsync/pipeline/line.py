"""Whom a line of a layer reaches, firm by firm, as functions of bytes."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
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
from portalsync.pipeline.surveyed import Survey

_CHUNK = 10
"""Firms that are read and worked on at once."""


def firms_reached(  # noqa: PLR0913, PLR0917 - what is asked, of whom, when
    known: Survey,
    portal: Reader | None,
    line: Line,
    at: datetime,
    root: str,
    firms: Iterable[str],
    watch: Watch = unwatched,
) -> tuple[FirmReached, ...]:
    """How far it reaches in each of these firms. Files are named below `root`. Errors: those of `bodies`."""
    asked: JSONObject = {
        "at": at.isoformat(),
        "layer": line.layer,
        "paths": [*line.paths],
        "root": root,
    }
    found = known.stream.results(line_in_firms, asked, bodies(known, portal, watch([*firms]), _CHUNK), _CHUNK)
    return tuple(decode(FirmReached, each["reached"]) for each in found)


def line_in_firms(shared: bytes, asked: bytes, firms: bytes) -> bytes:
    """The results of firms, in order, for `firms_reached`."""
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
