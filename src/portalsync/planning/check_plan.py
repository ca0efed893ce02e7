"""What a plan can say, whoever made it and fitting digests or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from portalsync.catalog import field_of
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.guardrails import LIMITS
from portalsync.catalog.option import Field, ListField
from portalsync.catalog.stored import stored_field, value_fault
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.effect import Happening, Saying
from portalsync.model.firm_plan import Change, FirmPlan
from portalsync.model.guardrails import Limits
from portalsync.model.plan import Plan
from portalsync.model.settings import parents
from portalsync.planning.guardrails import Judge, judged_alike
from portalsync.planning.readings import READ_PARTS


@dataclass
class PlanCheck:
    """Of a plan's parts, one by one as they are read, and of its head in the end. ValueError, LookupError or
    OverflowError for what no plan says.
    """

    at: str
    limits: Limits
    _clients: int = 0
    _options: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        _check_limits(self.limits)
        _check_instant(self.at, UTC)
        self._judge = Judge(self.limits)

    def take(self, firm: FirmPlan) -> None:
        _check_part(firm, self.at)
        self._clients += firm.clients
        self._options |= firm.options
        self._judge.take(firm)

    def end(self, plan: Plan) -> None:
        """Of the plan of all these parts."""
        ids = [each.id for each in plan.firms.digests]
        if {*plan.stopped_firms} & {*ids, *plan.unchanged}:
            raise ValueError("a firm that is stopped and is not")
        if self._options != plan.options.keys():
            raise ValueError("the head names other options than the parts touch")
        if ids != sorted({*ids}) or self._clients != plan.clients or not judged_alike(plan, self._judge):
            raise ValueError("the head says something else than the parts")


def _check_limits(given: Limits) -> None:
    known = {limit.name: limit for limit in LIMITS}
    for name, value in given.items():
        if any(faults(validator(known[name].schema()), value)):
            raise ValueError("a limit that nobody can set")


def check_body(body: Any) -> None:
    """What parts may share is looked at once, however many have it."""
    match body:
        case Change(edit) | (Edit() as edit):
            _check_edit(edit)
        case Saying():
            _check_saying(body)
        case Happening(since=since, until=until):
            for instant in filter(None, (since, until)):
                _check_instant(instant, UTC)
        case tuple():
            for path in body:
                field_of(path.removesuffix(".*"))
        case Mapping():
            for path, value in body.items():
                _check_edit(Edit(path, value))


def _check_edit(edit: Edit) -> None:
    if not isinstance(stored_field(edit.path), Field):
        raise ValueError("not a field")  # noqa: TRY004 - of the catalogue, not of Python
    values = (value for value in (edit.before, edit.after) if value is not ABSENT)
    if any(value_fault(edit.path, value) for value in values):
        raise ValueError("a value that the field cannot have")


def _check_saying(says: Saying) -> None:
    read = {reading.what for readings in says.readings.values() for reading in readings}
    if not read <= {*READ_PARTS}:
        raise ValueError("a part that no block has")


def _check_part(firm: FirmPlan, at: str) -> None:
    if firm.renames:
        _check_renames(firm)
    zone = _zone(firm.time_zone)
    coming = {instant for each in firm.effects for instant in (each.effect.since, each.effect.until)}
    edited = {change.undoes.at for change in firm.changes if change.undoes}
    for instant in {at, *coming, *edited} - {""}:
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


@lru_cache(4096)
def _check_instant(text: str, zone: tzinfo) -> None:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant without its offset")
    local = instant.astimezone(zone)
    if not MINYEAR < local.year < MAXYEAR:
        raise OverflowError("too close to the ends of the calendar")
