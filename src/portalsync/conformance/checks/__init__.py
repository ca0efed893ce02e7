"""All checks, in the order in which they are made: what only reads comes first."""

from collections.abc import Sequence

from portalsync.conformance.check import Check
from portalsync.conformance.checks import (
    batches,
    conditions,
    effects,
    firms,
    identity,
    isolation,
    manners,
    pages,
    past,
    refusals,
    settings,
    tokens,
)

_ALL: Sequence[Check] = (
    *identity.CHECKS,
    *firms.CHECKS,
    *settings.CHECKS,
    *manners.CHECKS,
    *tokens.CHECKS,
    *past.CHECKS,
    *pages.CHECKS,
    *conditions.CHECKS,
    *effects.CHECKS,
    *refusals.CHECKS,
    *batches.CHECKS,
    *isolation.CHECKS,
)

CHECKS = tuple(sorted(_ALL, key=lambda each: each.writes))
