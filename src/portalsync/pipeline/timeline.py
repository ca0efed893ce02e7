"""The coming changes of many firms: read, put together, firm by firm, as functions of bytes."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from portalsync.backend.protocol import Reader
from portalsync.errors import FirmUnknown
from portalsync.living.timeline import firm_timeline
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.json_value import JSONObject
from portalsync.model.page import situation_of
from portalsync.model.timeline import FirmTimeline, Timeline
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.each_firm import bodies, read_firm
from portalsync.pipeline.firm_files import Shared, shared_of
from portalsync.pipeline.surveyed import Survey
from portalsync.pipeline.unknown_firms import hint_of, message_of

_CHUNK = 10
"""Firms that are read and worked on at once."""


def timeline_of(  # noqa: PLR0913, PLR0917 - what is looked at, and when
    known: Survey,
    portal: Reader | None,
    environment: str,
    at: datetime,
    chosen: Collection[str],
    watch: Watch = unwatched,
) -> Timeline:
    """Of the chosen firms, as their files have them over what the portal has; or, without a portal, by
    themselves with the copies of their facts. It only reads. FirmUnknown if the portal has none of them.
    """
    named = [firm for firm in known.firms if firm in chosen]
    unknown = _unknown(known, portal, named) if portal else ()
    missing = {*unknown}
    firms = [firm for firm in named if firm not in missing]
    each = bodies(known, portal, watch(firms), _CHUNK)
    results = known.stream.results(timeline_firms, {"at": at.isoformat()}, each, _CHUNK)
    found = tuple(decode(FirmTimeline, result["timeline"]) for result in results)
    return Timeline(environment=environment, at=at.isoformat(), firms=found, unknown=unknown)


def _unknown(known: Survey, portal: Reader, firms: Sequence[str]) -> tuple[str, ...]:
    live = {summary.id: summary for summary in portal.firms()}
    unknown = tuple(firm for firm in firms if firm not in live)
    if unknown and len(unknown) == len(firms):
        raise FirmUnknown(message_of(unknown), hint_of(known, live, unknown[0]))
    return unknown


def timeline_firms(shared: bytes, asked: bytes, firms: bytes) -> bytes:
    """The results of firms, in order, for `timeline_of`."""
    known, at = shared_of(shared), datetime.fromisoformat(json.loads(asked)["at"])
    return canonical([{"id": firm["id"], **_worked_out(known, at, firm)} for firm in json.loads(firms)])


def _worked_out(shared: Shared, at: datetime, firm: Mapping[str, Any]) -> JSONObject:
    read = read_firm(shared, firm)
    if isinstance(read, str):
        return {"picture": read}
    desired = read.desired
    after = situation_of(desired.firm, read.in_force, read.facts, at)
    live = None if read.live is None else situation_of(desired.firm, read.live, read.facts, at)

    def source(path: str) -> str:
        said = desired.values.get(path)
        return str(said.position) if said else ""

    return {"timeline": encode(firm_timeline(after, live, tuple(read.config.personas.values()), source))}
