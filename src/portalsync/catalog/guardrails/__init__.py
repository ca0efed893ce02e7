"""All guardrails, in the order in which they object."""

from collections.abc import Mapping
from typing import Any

from portalsync.catalog.guardrail import Guardrail
from portalsync.catalog.guardrails import (
    affected_clients,
    broken_promise,
    changed_firms,
    cleared_fields,
    empty_home,
    new_host,
    takeover_removes,
)
from portalsync.model.guardrails import Limits

GUARDRAILS: tuple[Guardrail, ...] = (
    new_host.GUARDRAIL,
    empty_home.GUARDRAIL,
    takeover_removes.GUARDRAIL,
    broken_promise.GUARDRAIL,
    changed_firms.GUARDRAIL,
    affected_clients.GUARDRAIL,
    cleared_fields.GUARDRAIL,
)

RULES: Mapping[str, Guardrail] = {each.rule: each for each in GUARDRAILS}
LIMITS = tuple(limit for each in GUARDRAILS for limit in each.limits)


def limits(given: Mapping[str, Any]) -> Limits:
    """Every limit: what is given, the defaults for the rest."""
    return {limit.name: limit.of(given) for limit in LIMITS}
