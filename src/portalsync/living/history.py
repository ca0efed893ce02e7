"""How a firm came to be as it is: its generations, and what clients noticed of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from portalsync.backend.protocol import Reader
from portalsync.catalog.stored import can_be_stored
from portalsync.errors import BackendError, NothingSelected
from portalsync.lexicon import phrase
from portalsync.living.generations import entries_of
from portalsync.model.edit import ABSENT, Edit, applied_to
from portalsync.model.facts import Facts
from portalsync.model.firm_plan import Change, FirmPlan, Reason
from portalsync.model.persona import Persona
from portalsync.model.settings import differing
from portalsync.planning.course import Course, part_of
from portalsync.wire import FirmState, HistoryEntry


@dataclass(frozen=True, slots=True)
class Generation:
    """One of a firm. `part` is what a plan would say of it, with the facts of today: no portal keeps those of
    the past.
    """

    entry: HistoryEntry
    part: FirmPlan


@dataclass(frozen=True, slots=True)
class FirmHistory:
    """The newest generations of a firm, from the live one on."""

    environment: str
    portal: str
    firm: str
    generations: tuple[Generation, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What is different in one generation from another; `part` leads from the one to the other."""

    environment: str
    portal: str
    before: int
    after: int
    part: FirmPlan


def history_of(
    portal: Reader, environment: str, firm: str, personas: Sequence[Persona], most: int
) -> FirmHistory:
    """The newest `most` generations. It only reads. BackendError for a portal that tells of none."""
    live, facts = portal.state(firm), portal.facts(firm)
    entries = (entry for entry in entries_of(portal, firm) if entry.generation <= live.generation)
    found = tuple(_generations(live, islice(entries, most), facts, personas))
    if not found:
        raise BackendError(phrase("errors.no-history.message", firm=firm), phrase("errors.no-history.hint"))
    return FirmHistory(environment, portal.portal().portal, firm, found)


def _generations(
    live: FirmState, entries: Iterable[HistoryEntry], facts: Facts, personas: Sequence[Persona]
) -> Iterator[Generation]:
    """Backwards from the live settings, each by what it wrote: nothing more is asked for."""
    settings = live.settings
    for entry in entries:
        edits = tuple(filter(_readable, entry.writes))
        before = applied_to(settings, (edit.inverse for edit in reversed(edits)))
        state = FirmState(live.id, entry.generation - 1, "", before, ())
        course = Course(state, settings, (), _changes(edits))
        yield Generation(entry, part_of(course, facts, personas, datetime.fromisoformat(entry.at), ""))
        settings = before


def _readable(edit: Edit) -> bool:
    """Whether it is one of a setting that this portalsync knows, with values that it can have."""
    sides = [side for side in (edit.before, edit.after) if side is not ABSENT]
    return bool(sides) and all(can_be_stored(edit.path, side) for side in sides)


def _changes(edits: Iterable[Edit]) -> tuple[Change, ...]:
    return tuple(Change(edit, Reason.SET, "") for edit in edits)


def between(  # noqa: PLR0913, PLR0917 - which generations of whom, for whom, and when
    portal: Reader,
    environment: str,
    firm: str,
    generations: tuple[int, int],
    personas: Sequence[Persona],
    at: datetime,
) -> Between:
    """What leads from one generation to another, at an instant. NothingSelected for one that there is not."""
    live = portal.state(firm)
    before, after = (generation_of(portal, live, each) for each in generations)
    edits = (
        Edit.between(path, before.settings, after.settings)
        for path in differing(before.settings, after.settings)
    )
    course = Course(before, after.settings, after.managed, _changes(edits))
    part = replace(part_of(course, portal.facts(firm), personas, at, ""), stays={})
    return Between(environment, portal.portal().portal, *generations, part)


def generation_of(portal: Reader, live: FirmState, number: int) -> FirmState:
    """A generation of the firm whose live one is at hand. NothingSelected for one that there is not."""
    if number > live.generation:
        raise NothingSelected(
            phrase("errors.generation.message", firm=live.id, generation=number),
            phrase("errors.generation.hint", live=live.generation),
        )
    return live if number == live.generation else portal.state(live.id, number)
