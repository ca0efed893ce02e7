"""A plan as a file: canonical JSON that proves its own integrity."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portalsync.catalog import field_of
from portalsync.errors import PlanRefused
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical, digest
from portalsync.model.plan import FORMAT_VERSION, Plan
from portalsync.planning.guardrails import judged_alike

LARGEST = 64 * 1024 * 1024


def write_plan(plan: Plan) -> bytes:
    """The bytes of the file: canonical JSON and a newline; equal plans give equal bytes."""
    return canonical(plan.to_json()) + b"\n"


def read_plan(content: bytes, name: str) -> Plan:
    """The plan in a file. PlanRefused unless it is byte for byte what `write_plan` made."""
    data = _load(content, name)
    version = data.get("format_version")
    if version != FORMAT_VERSION:
        raise PlanRefused(
            phrase("errors.plan.format.message", file=name, version=repr(version), known=str(FORMAT_VERSION)),
            phrase("errors.plan.format.hint"),
        )
    body = {key: value for key, value in data.items() if key != "digest"}
    if data.get("digest") != digest(body):
        raise _altered(name)
    try:
        plan = Plan.from_json(data)
        _check_paths(plan)
        _check_moments(plan)
        honest = judged_alike(plan)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _altered(name) from error
    if not honest or write_plan(plan) != content:
        raise _altered(name)
    return plan


def _check_paths(plan: Plan) -> None:
    """KeyError for a settings path that the catalogue does not know."""
    for firm in plan.firms:
        for path in (*(edit.path for edit in firm.edits), *firm.managed, *firm.managed_before):
            field_of(path.removesuffix(".*"))


def _check_moments(plan: Plan) -> None:
    """ValueError or KeyError for a moment or a time zone that nobody could tell."""
    datetime.fromisoformat(plan.at)
    for firm in plan.firms:
        ZoneInfo(firm.time_zone)
        since = (each.effect.since for each in firm.effects)
        edited = (change.undoes.at for change in firm.changes if change.undoes)
        for instant in filter(None, (*since, *edited)):
            datetime.fromisoformat(instant)


def _load(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PlanRefused(
            phrase("errors.plan.no-json.message", file=name), phrase("errors.plan.no-json.hint")
        ) from error
    if not isinstance(data, dict) or "format_version" not in data:
        raise PlanRefused(
            phrase("errors.plan.no-plan.message", file=name), phrase("errors.plan.no-plan.hint")
        )
    return data


def _altered(name: str) -> PlanRefused:
    return PlanRefused(phrase("errors.plan.altered.message", file=name), phrase("errors.plan.altered.hint"))
