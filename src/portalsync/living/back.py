"""Back to an earlier generation: which one, and what leads there. A rollback is a plan like any other."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from portalsync.backend.protocol import Reader
from portalsync.catalog.stored import stored_field
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import phrase
from portalsync.living.generations import entries_of
from portalsync.model.claims import Claims
from portalsync.model.desired import Desired
from portalsync.model.edit import Edit
from portalsync.model.firm_plan import Change, HandEdit, Reason
from portalsync.model.path_patterns import PathPatterns
from portalsync.model.plan_name import origins_in
from portalsync.model.settings import differing
from portalsync.planning.course import Course
from portalsync.planning.spelt import NO_LINE, as_on_portal
from portalsync.wire import FirmState, HistoryEntry

Aim: TypeAlias = Callable[[Reader, str], "int | Diagnostic | None"]
"""Which generation a firm goes back to; why it does not though it was asked to; None for one that is not
concerned. It may be the live one: then the firm is there already.
"""


def to_generation(number: int) -> Aim:
    return lambda _portal, _firm: number


def to_instant(at: datetime) -> Aim:
    """As a firm was at an instant."""

    def aim(portal: Reader, firm: str) -> int | Diagnostic:
        then = (each for each in entries_of(portal, firm) if datetime.fromisoformat(each.at) <= at)
        entry = next(then, None)
        return entry.generation if entry else _stopped("back-too-far")

    return aim


def before_plan(names: Sequence[str]) -> Aim:
    """As a firm was before a plan, whose name has a word that begins with one of `names`. What came after the
    plan would be lost with it: such a firm stays as it is.
    """

    def made(entry: HistoryEntry) -> bool:
        return any(word.startswith(name) for word in entry.plan.split() for name in names)

    def aim(portal: Reader, firm: str) -> int | Diagnostic | None:
        entries = portal.history(firm)
        newest = next(filter(made, entries), None)
        if newest is None:
            return None
        own = [each for each in entries if _digest_of(each) == _digest_of(newest)]
        live, before = entries[0], own[-1].generation - 1
        if live is not newest and origins_in(live.plan).back_to == before:
            return live.generation
        is_whole = len(own) == live.generation - before
        return before if is_whole else _stopped("back-moved-on")

    return aim


def _digest_of(entry: HistoryEntry) -> str:
    """That of the plan: done by hand, one plan makes several generations."""
    return entry.plan.partition(" ")[0]


def _stopped(code: str) -> Diagnostic:
    return Diagnostic(code, phrase(f"findings.{code}.message"), hint=phrase(f"findings.{code}.hint"))


def course_back(
    live: FirmState, past: FirmState, ignored: PathPatterns, hand_edits: Mapping[str, HandEdit]
) -> Course:
    """What is managed, or was managed then, goes back; all else, and what others own, stays as it is."""
    claims = Claims.of({*live.managed, *past.managed})
    kept = {path: each for path, each in live.settings.items() if path not in claims or path in ignored}
    then = {path: each for path, each in claims.part_of(past.settings).items() if path not in ignored}
    after = {**kept, **then}
    changes = (
        Change(Edit.between(path, live.settings, after), Reason.BACK, "", hand_edits.get(path))
        for path in differing(live.settings, after)
    )
    known = tuple(claim for claim in past.managed if stored_field(claim.removesuffix(".*")))
    return Course(live, after, known, tuple(changes), ignored=ignored)


def as_if_wanted(course: Course) -> Desired:
    """The settings afterwards as if files said so, none of whose lines is to blame: for rules that judge
    them.
    """
    firm, claims = course.before.id, Claims.of({*course.before.managed, *course.managed})
    values = {path: as_on_portal(path, course.after) for path in claims.part_of(course.after)}
    return Desired(firm, values, dict.fromkeys(claims.paths, NO_LINE), ignored=course.ignored)
