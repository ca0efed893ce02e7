"""A plan as a file: lines of canonical JSON that prove their own integrity.

    {"digest":"sha256:…","firms":[{"id":"almtal","part":"x9…"},…],"format_version":2,…}
    {"shared":{"edit":{"after":false,"path":"chat.clients_can_start"},…}}
    {"part":{"changes":["8J…"],"effects":[{"clients":412,"effect":"c1…"}],"id":"almtal",…}}

The first line is the head: it names the digest of each firm's part, and the head's own digest is the plan's.
The parts follow in the same order. A change, an effect or a list of claims that stands more than once is
shared: it has a line of its own before the first part that has it, and parts name it by its digest. A part's
digest is over such names alone, shared or not, so that it depends on no other firm. See docs/decisions/0042.
"""

import codecs
import json
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, datetime, tzinfo
from hashlib import sha256
from typing import IO, Any, Protocol
from zoneinfo import ZoneInfo

from portalsync.catalog import field_of
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.guardrails import LIMITS
from portalsync.catalog.option import Field, ListField
from portalsync.catalog.stored import stored_field, value_fault
from portalsync.errors import PlanRefused
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.effect import Effect
from portalsync.model.guardrails import Limits
from portalsync.model.plan import FORMAT_VERSION, FirmPlan, Head, Plan
from portalsync.model.settings import parents
from portalsync.planning.effects import READ_PARTS
from portalsync.planning.guardrails import judged_alike
from portalsync.planning.parts import GatheredParts

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes. The head of 100,000 firms has a fifth of it; no part comes near."""

_LONGEST_NUMBER = 16
"""Digits. What has more is no count, and no program prints it as it is."""


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
            _take(_parsed(line), parts)
        plan = Plan.of(decode(Head, {key: head[key] for key in head if key != "digest"}), parts)
        _check(plan)
        written = sha256()
        for each in write_plan(plan):
            written.update(each)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
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
    if (saved := _saved_anew(line)) is not None:
        raise _refused(saved, name)
    try:
        head = _parsed(line)
    except (ValueError, RecursionError) as error:
        raise _refused("no-json", name) from error
    except OverflowError as error:
        raise _refused("altered" if line.startswith(b"{") else "no-json", name) from error
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
    written = canonical(head)
    if written + b"\n" != line and b"".join(written.split()) == b"".join(line.split()):
        raise _refused("laid-out", name)
    return head


def _saved_anew(line: bytes) -> str | None:
    """Which program's habit the first line shows, if it is not as `write_plan` ends and begins one."""
    if line.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "byte-order-mark"
    if line.endswith(b"\r\n"):
        return "line-ends"
    return "laid-out" if line.strip() in {b"{", b"["} else None


def _parsed(line: bytes) -> Any:
    return json.loads(line, parse_int=_whole)


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise OverflowError("a number that no plan has")
    return int(digits)


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
    """ValueError, KeyError or OverflowError for what no plan says, whoever made it and fitting digests or
    not.
    """
    _check_limits(plan.limits)
    _check_instant(plan.at, UTC)
    ids = [each.id for each in plan.firms.digests]
    clients, options = 0, set[str]()
    for firm in plan.firms:
        _check_part(firm, plan.at)
        clients += firm.clients
        options |= firm.options
    if {*plan.stopped_firms} & {*ids, *plan.unchanged}:
        raise ValueError("a firm that is stopped and is not")
    if options != plan.options.keys():
        raise ValueError("the head names other options than the parts touch")
    if ids != sorted({*ids}) or clients != plan.clients or not judged_alike(plan):
        raise ValueError("the head says something else than the parts")


def _check_limits(given: Limits) -> None:
    known = {limit.name: limit for limit in LIMITS}
    for name, value in given.items():
        if any(faults(validator(known[name].schema()), value)):
            raise ValueError("a limit that nobody can set")


def _check_part(firm: FirmPlan, at: str) -> None:
    for path in (*firm.managed, *firm.managed_before):
        field_of(path.removesuffix(".*"))
    for edit in (*firm.edits, *(Edit(path, value) for path, value in firm.stays.items())):
        _check_edit(edit)
    _check_renames(firm)
    for each in firm.effects:
        _check_effect(each.effect)
    zone = _zone(firm.time_zone)
    since = (each.effect.since for each in firm.effects)
    edited = (change.undoes.at for change in firm.changes if change.undoes)
    for instant in filter(None, (at, *since, *edited)):
        _check_instant(instant, zone)


def _check_renames(firm: FirmPlan) -> None:
    """Each takes one entry away and makes another of the same list, and hides nothing else."""
    gone = {each for edit in firm.edits if edit.after is ABSENT for each in parents(edit.path)}
    come = {each for edit in firm.edits if edit.before is ABSENT for each in parents(edit.path)}
    kept = {each for edit in firm.edits if edit.after is not ABSENT for each in parents(edit.path)}
    was, now = [each.was for each in firm.renames], [each.now for each in firm.renames]
    lists = ({path.rpartition(".")[0] for path in pair} for pair in zip(was, now, strict=True))
    if not all(len(each) == 1 and isinstance(field_of(*each), ListField) for each in lists):
        raise ValueError("a rename of what is no entry of a list")
    if len({*was, *now}) < len(was) + len(now) or not {*was} <= gone - kept or not {*now} <= come - gone:
        raise ValueError("a rename that the changes do not make")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except OSError as error:  # it is looked for as a file
        raise ValueError("no time zone") from error


def _check_edit(edit: Edit) -> None:
    if not isinstance(stored_field(edit.path), Field):
        raise ValueError("not a field")  # noqa: TRY004 - of the catalogue, not of Python
    values = (value for value in (edit.before, edit.after) if value is not ABSENT)
    if any(value_fault(edit.path, value) for value in values):
        raise ValueError("a value that the field cannot have")


def _check_effect(effect: Effect) -> None:
    read = {reading.what for readings in effect.readings.values() for reading in readings}
    if not read <= {*READ_PARTS}:
        raise ValueError("a part that no block has")


def _check_instant(text: str, zone: tzinfo) -> None:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant without its offset")
    local = instant.astimezone(zone)
    if not MINYEAR < local.year < MAXYEAR:
        raise OverflowError("too close to the ends of the calendar")


def _refused(kind: str, name: str) -> PlanRefused:
    return PlanRefused(phrase(f"errors.plan.{kind}.message", file=name), phrase(f"errors.plan.{kind}.hint"))
