"""The coming changes of many firms: read, put together, firm by firm, as functions of bytes."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from portalsync.backend.protocol import Reader
from portalsync.catalog.files.layers import FIRM
from portalsync.config.document import check_file
from portalsync.config.resolve import resolve
from portalsync.config.validate import picture_of
from portalsync.living.timeline import firm_timeline
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSONObject
from portalsync.model.page import situation_of
from portalsync.model.timeline import FirmTimeline, Timeline
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.check import one_firm
from portalsync.pipeline.firm_files import Shared, files_of, shared_of
from portalsync.pipeline.load import facts_missing
from portalsync.pipeline.read import Now, read_now, read_together
from portalsync.pipeline.surveyed import Survey

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
    themselves with the copies of their facts. It only reads. FirmUnknown for one that the portal has not.
    """
    firms = [firm for firm in known.firms if firm in chosen]
    bodies = _bodies(known, portal, watch(firms))
    results = known.stream.results(timeline_firms, {"at": at.isoformat()}, bodies, _CHUNK)
    found = tuple(decode(FirmTimeline, each["timeline"]) for each in results)
    return Timeline(environment=environment, at=at.isoformat(), firms=found)


def _bodies(known: Survey, portal: Reader | None, firms: Iterable[str]) -> Iterator[JSONObject]:
    rest = iter(firms)
    while some := [*islice(rest, _CHUNK)]:
        read = read_together(portal, some) if portal else {}
        for firm in some:
            yield _copied(known, firm) if portal is None else _read(known, portal, firm, read.get(firm))


def _copied(known: Survey, firm: str) -> JSONObject:
    if not known.firms[firm].has_facts:
        raise facts_missing(known, firm)
    return known.body(firm)


def _read(known: Survey, portal: Reader, firm: str, now: Now | None) -> JSONObject:
    live, facts = now or read_now(portal, firm)
    return {**known.body(firm), "live": {**live.settings}, "facts": {**facts.raw}}


def timeline_firms(shared: bytes, asked: bytes, firms: bytes) -> bytes:
    """The results of firms, in order, for `timeline_of`."""
    known, at = shared_of(shared), datetime.fromisoformat(json.loads(asked)["at"])
    return canonical([{"id": firm["id"], **_worked_out(known, at, firm)} for firm in json.loads(firms)])


def _worked_out(shared: Shared, at: datetime, firm: Mapping[str, Any]) -> JSONObject:
    assert shared.config is not None  # noqa: S101 - the files are valid
    own = {file.kind: check_file(file) for file in files_of(firm)}
    if (picture := picture_of(own[FIRM.name])) is not None and picture not in firm["pictures"]:
        return {"picture": picture}
    config = one_firm(shared.config, own, firm["pictures"])
    desired, _ = resolve(config, *config.firms)
    facts = facts_from_json(firm["facts"]) if "live" in firm else config.facts[desired.firm]
    after = situation_of(desired.firm, desired.in_force(firm.get("live", {})), facts, at)
    live = situation_of(desired.firm, firm["live"], facts, at) if "live" in firm else None

    def source(path: str) -> str:
        said = desired.values.get(path)
        return str(said.position) if said else ""

    return {"timeline": encode(firm_timeline(after, live, tuple(config.personas.values()), source))}
