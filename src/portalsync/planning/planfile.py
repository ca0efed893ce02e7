"""A plan as a file: lines of canonical JSON that prove their own integrity.

    {"digest":"sha256:…","firms":[{"id":"almtal","part":"x9…"},…],"format_version":2,…}
    {"shared":{"edit":{"after":false,"path":"chat.clients_can_start"},…}}
    {"part":{"changes":["8J…"],"effects":[{"clients":412,"effect":"c1…"}],"id":"almtal",…}}

The first line is the head: it names the digest of each firm's part, and the head's own digest is the plan's.
The parts follow in the same order. A change, an effect or a list of claims that stands more than once is
shared: it has a line of its own before the first part that has it, and parts name it by its digest. A part's
digest is over such names alone, shared or not, so that it depends on no other firm. See docs/decisions/0042.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import IO, Any, Protocol
from zoneinfo import ZoneInfo

from portalsync.catalog import field_of
from portalsync.errors import PlanRefused
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.plan import FORMAT_VERSION, FirmPlan, Head, Plan
from portalsync.planning.guardrails import judged_alike
from portalsync.planning.parts import GatheredParts

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes. The head of 100,000 firms has a fifth of it; no part comes near."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


def write_plan(plan: Plan) -> Iterator[bytes]:
    """The lines of the file; equal plans give equal bytes. PlanRefused for a line that `read_plan` would not
    take.
    """
    if not isinstance(plan.firms, GatheredParts):
        raise TypeError("only a plan of gathered parts knows what they share")
    for body in ({**encode(plan.head), "digest": plan.digest}, *plan.firms.lines()):
        line = canonical(body) + b"\n"
        if len(line) > LONGEST_LINE:
            raise PlanRefused(
                phrase("errors.plan.too-long.message", most=LONGEST_LINE), phrase("errors.plan.too-long.hint")
            )
        yield line


def read_plan(source: IO[bytes], name: str, spool: IO[bytes]) -> Plan:
    """The plan in a file; its parts are in `spool` from now on, an empty file until then. PlanRefused unless
    it is byte for byte what `write_plan` made.
    """
    read = sha256()
    head = _head(_line(source, read, name), name)
    try:
        parts = GatheredParts(spool)
        while line := _line(source, read, name):
            _take(json.loads(line), parts)
        plan = Plan.of(decode(Head, {key: head[key] for key in head if key != "digest"}), parts)
        _check(plan)
        written = sha256()
        for each in write_plan(plan):
            written.update(each)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise _refused("altered", name) from error
    if written.digest() != read.digest():
        raise _refused("altered", name)
    return plan


def _line(source: IO[bytes], read: _Hash, name: str) -> bytes:
    """The next line, empty at the end."""
    line = source.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise _refused("no-plan", name)
    read.update(line)
    return line


def _head(line: bytes, name: str) -> dict[str, Any]:
    """The first line as JSON, if it is a head at all and of this version."""
    try:
        head = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _refused("no-json", name) from error
    if not isinstance(head, dict) or "format_version" not in head:
        raise _refused("no-plan", name)
    version = head["format_version"]
    if version != FORMAT_VERSION:
        raise PlanRefused(
            phrase("errors.plan.format.message", file=name, version=repr(version), known=str(FORMAT_VERSION)),
            phrase("errors.plan.format.hint"),
        )
    if any("changes" in each for each in head.get("firms", ()) if isinstance(each, dict)):
        raise _refused("printed", name)
    return head


def _take(body: Any, parts: GatheredParts) -> None:
    """One line after the head. ValueError if it is neither a part nor anything shared."""
    match body:
        case {"shared": shared, **more} if not more:
            parts.share(shared)
        case {"part": dict(part), **more} if not more:
            parts.add(part)
        case _:
            raise ValueError("neither a part nor shared")


def _check(plan: Plan) -> None:
    """ValueError or KeyError for what no plan says, whoever made it and fitting digests or not."""
    datetime.fromisoformat(plan.at)
    ids = [each.id for each in plan.firms.digests]
    clients, options = 0, set[str]()
    for firm in plan.firms:
        _check_part(firm)
        clients += firm.clients
        options |= firm.options
    if options != plan.options.keys():
        raise ValueError("the head names other options than the parts touch")
    if ids != sorted({*ids}) or clients != plan.clients or not judged_alike(plan):
        raise ValueError("the head says something else than the parts")


def _check_part(firm: FirmPlan) -> None:
    for path in (*(edit.path for edit in firm.edits), *firm.managed, *firm.managed_before):
        field_of(path.removesuffix(".*"))
    ZoneInfo(firm.time_zone)
    since = (each.effect.since for each in firm.effects)
    edited = (change.undoes.at for change in firm.changes if change.undoes)
    for instant in filter(None, (*since, *edited)):
        datetime.fromisoformat(instant)


def _refused(kind: str, name: str) -> PlanRefused:
    return PlanRefused(phrase(f"errors.plan.{kind}.message", file=name), phrase(f"errors.plan.{kind}.hint"))
