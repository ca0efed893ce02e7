"""A plan as a file: lines of canonical JSON that prove their own integrity.

    {"digest":"sha256:…","firms":[{"id":"almtal","part":"x9…"},…],"format_version":3,…}
    {"shared":{"after":false,"path":"chat.clients_can_start"}}
    {"own":[{"after":"…","path":"profile.name"}],"part":{"changes":[[0,"set","firms/almtal.yaml:4:7"],…],…}}

The first line is the head: it names the digest of each firm's part, and the head's own digest is the plan's.
The parts follow in the same order, taken apart (`model/apart.py`): what several of them have stands once, in
a line of its own before the first that has it, and is named by a number (`planning/lines.py`). A part's
digest is over digests of what it names, shared or not, so that it depends on no other firm. See
docs/decisions/0079.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import chain
from typing import IO, Any

from portalsync.errors import PlanRefused
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.plan import FILE_VERSION, FORMAT_VERSION, Head, Plan
from portalsync.model.watch import Watch, unwatched
from portalsync.planning.check_plan import PlanCheck, check_body
from portalsync.planning.lines import Lines
from portalsync.planning.parts import GatheredParts

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes. The head of 100,000 firms has a fifth of it; no part comes near."""

_BEGINS = b'{"at":'
"""As each head does: its keys are sorted."""
_LONGEST_NUMBER = 16
"""Digits. What has more is no count, and no program prints it as it is."""
_DIGITS = bytes.maketrans(b"123456789", b"000000000")


def write_plan(plan: Plan) -> Iterator[bytes]:
    """The lines of the file; equal plans give equal bytes. PlanRefused for a line that `read_plan` would not
    take.
    """
    if not isinstance(plan.firms, GatheredParts):
        raise TypeError("only a plan of gathered parts knows what they share")
    return _written(plan, Lines(plan.firms))


def _written(plan: Plan, lines: Lines) -> Iterator[bytes]:
    for each in chain((_head_line(plan),), lines.written()):
        line = each + b"\n"
        if len(line) > LONGEST_LINE:
            raise PlanRefused(
                phrase("errors.plan.too-long.message", most=LONGEST_LINE), phrase("errors.plan.too-long.hint")
            )
        yield line


def _head_line(plan: Plan) -> bytes:
    return canonical({**encode(plan.head), "digest": plan.digest, "format_version": FILE_VERSION})


def read_plan(source: IO[bytes], name: str, spool: IO[bytes], watch: Watch = unwatched) -> Plan:
    """The plan in a file; its parts are in `spool` from now on, an empty file until then. PlanRefused unless
    it is byte for byte what `write_plan` makes.
    """
    first = _line(source, name)
    as_read = sha256(first).digest()
    head = _head(first, name)
    del first  # nothing is held twice: heads are as long as there are firms
    try:
        parts = GatheredParts(spool)
        plan, firms = _headed(head, parts), len(head["firms"])
        head.clear()
        counted = iter(watch(range(firms)))
        _take_lines(_lines_for(firms, parts, source, name), plan, Lines(parts, check_body), counted)
        as_written = sha256(_head_line(plan) + b"\n").digest()
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise _refused("altered", name) from error
    if as_written != as_read:
        raise _refused("altered", name)
    return plan


def _headed(head: dict[str, Any], parts: GatheredParts) -> Plan:
    known = {key: head[key] for key in head if key != "digest"}
    return Plan.of(decode(Head, {**known, "format_version": FORMAT_VERSION}), parts)


def _lines_for(firms: int, parts: GatheredParts, source: IO[bytes], name: str) -> Iterator[bytes]:
    """All after the head, which go into the parts as they come. PlanRefused if they end before the firms."""
    while line := _line(source, name):
        if not line.endswith(b"\n") and len(parts) < firms:
            break
        yield line
    if len(parts) < firms:
        raise _refused("cut", name)


def _take_lines(read: Iterator[bytes], plan: Plan, lines: Lines, counted: Iterator[int]) -> None:
    """All after the head, each looked at once; of firms it is counted how many there were."""
    check = PlanCheck(plan.at, plan.limits)
    for line in read:
        firm = lines.take(line, _parsed(line))
        if firm is not None:
            check.take(firm)
            next(counted, None)
    check.end(plan)
    lines.check()


def _line(source: IO[bytes], name: str) -> bytes:
    """The next line, empty at the end."""
    line = source.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise _refused("no-plan", name)
    return line


def _head(line: bytes, name: str) -> dict[str, Any]:
    """The first line as JSON, if it is a head at all and of this version."""
    if (saved := _saved_anew(line)) is not None:
        raise _refused(saved, name)
    try:
        head = _parsed(line)
    except (ValueError, RecursionError) as error:
        is_cut = line.startswith(_BEGINS) and not line.endswith(b"\n")
        raise _refused("cut" if is_cut else "no-json", name) from error
    except OverflowError as error:
        raise _refused("altered" if line.startswith(b"{") else "no-json", name) from error
    if not isinstance(head, dict) or "format_version" not in head:
        raise _refused("no-plan", name)
    version = head["format_version"]
    if version == FORMAT_VERSION and _is_printed(head):
        raise _refused("printed", name)
    if type(version) is not int or version != FILE_VERSION:
        raise PlanRefused(
            phrase("errors.plan.format.message", file=name, version=repr(version), known=FILE_VERSION),
            phrase("errors.plan.format.hint"),
        )
    written = canonical(head)
    if written == line:
        raise _refused("cut", name)
    if written + b"\n" != line and b"".join(written.split()) == b"".join(line.split()):
        raise _refused("laid-out", name)
    return head


def _is_printed(head: Mapping[str, Any]) -> bool:
    """Whether it is a whole plan, as one document."""
    return any("changes" in each for each in head.get("firms", ()) if isinstance(each, dict))


def _saved_anew(line: bytes) -> str | None:
    """Which program's habit the first line shows, if it is not as `write_plan` ends and begins one."""
    if line.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "byte-order-mark"
    if line.endswith(b"\r\n"):
        return "line-ends"
    return "laid-out" if line.strip() in {b"{", b"["} else None


def _parsed(line: bytes) -> Any:
    """Numbers are looked at one by one only where so many digits follow upon one another."""
    has_long = b"0" * (_LONGEST_NUMBER + 1) in line.translate(_DIGITS)
    return json.loads(line, parse_int=_whole if has_long else None)


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise OverflowError("a number that no plan has")
    return int(digits)


def _refused(kind: str, name: str) -> PlanRefused:
    return PlanRefused(phrase(f"errors.plan.{kind}.message", file=name), phrase(f"errors.plan.{kind}.hint"))
