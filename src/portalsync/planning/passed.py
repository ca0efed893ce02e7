"""Moments that a plan promises, and that have passed before it is applied."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from portalsync.model.effect import Reach
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import Plan
from portalsync.model.remembered import Named


@dataclass(frozen=True, slots=True)
class Passed:
    """A part of a plan, with those of its effects alone that come `at_once` with the apply, for the moment at
    which they were to come has passed; and with those that are `over`: they would have ended by themselves.
    """

    at_once: FirmPlan
    over: FirmPlan


def passed(plan: Plan, chosen: Container[str], now: datetime) -> list[Passed]:
    """Of the chosen firms, those of which there is anything to say. Only their parts are read whole."""
    firms = {firm for firm in _concerned(plan, now) if firm in chosen}
    return [_of_part(part, now) for part in plan.firms if part.id in firms] if firms else []


def _concerned(plan: Plan, now: datetime) -> Iterator[str]:
    """By what happens when, which many firms share."""
    is_concerned = Named(lambda happens: _is_concerned(happens, now))
    for naming, body in plan.firms.apart():
        if any(is_concerned(happens, body) for _, happens, *_ in naming["effects"]):
            yield naming["id"]


def _is_concerned(happens: Mapping[str, Any], now: datetime) -> bool:
    return _has_passed(happens["since"], now) or _has_passed(happens.get("until", ""), now)


def _of_part(part: FirmPlan, now: datetime) -> Passed:
    begun, ended = list[Reach](), list[Reach]()
    for each in part.effects:
        effect = each.effect
        if _has_passed(effect.until, now):
            ended.append(replace(each, effect=replace(effect, since=effect.until, until="")))
        elif _has_passed(effect.since, now):
            begun.append(each)
    return Passed(replace(part, effects=tuple(begun)), replace(part, effects=tuple(ended)))


def _has_passed(moment: str, now: datetime) -> bool:
    return bool(moment) and datetime.fromisoformat(moment) <= now
