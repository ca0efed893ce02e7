"""A plan as a file: canonical JSON that proves its own integrity."""

import json
from typing import Any

from portalsync.catalog import field_of
from portalsync.errors import PlanRefused
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
            f"{name} has the plan format {version!r}; this portalsync reads {FORMAT_VERSION}",
            "Make the plan anew with this version.",
        )
    body = {key: value for key, value in data.items() if key != "digest"}
    if data.get("digest") != digest(body):
        raise _altered(name)
    try:
        plan = Plan.from_json(data)
        _check_paths(plan)
        honest = judged_alike(plan)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _altered(name) from error
    if not honest or write_plan(plan) != content:
        raise _altered(name)
    return plan


def _check_paths(plan: Plan) -> None:
    """KeyError for a settings path that the catalogue does not know."""
    for firm in plan.firms:
        for path in (*(change.path for change in firm.changes), *firm.managed, *firm.managed_before):
            field_of(path.removesuffix(".*"))


def _load(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PlanRefused(
            f"{name} is not a plan: it cannot be read as JSON",
            "Name a file that `portalsync plan --out` wrote.",
        ) from error
    if not isinstance(data, dict) or "format_version" not in data:
        raise PlanRefused(f"{name} is not a plan", "Name a file that `portalsync plan --out` wrote.")
    return data


def _altered(name: str) -> PlanRefused:
    return PlanRefused(
        f"{name} was altered after it was made: its digest does not fit its content",
        "Make the plan anew and have it reviewed again.",
    )
