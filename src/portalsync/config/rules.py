"""The catalogue's rules over what the layers resolve to, pointed at the line that set it."""

from collections.abc import Iterator
from datetime import datetime

from portalsync.catalog import SECTIONS
from portalsync.diagnostics import Diagnostic, Location
from portalsync.lexicon import phrase
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.page import Situation
from portalsync.model.settings import Settings, scope


def check_rules(desired: Desired, live: Settings, facts: Facts, at: datetime) -> Iterator[Diagnostic]:
    """Findings about a firm's settings in force. Those that no file is the cause of are left out:
    portalsync answers for what it manages.
    """
    situation = Situation(desired.firm, scope(desired.in_force(live)), facts, at)
    for option in SECTIONS:
        for rule in option.rules:
            for violation in rule.check(situation):
                location = _cause(desired, violation.path)
                if location is None:
                    continue
                values = dict(violation.values)
                yield Diagnostic(
                    rule.code,
                    phrase(f"rules.{rule.code}.message", **values),
                    location,
                    rule.severity,
                    hint=phrase(f"rules.{rule.code}.hint", **values),
                    path=violation.path,
                )


def _cause(desired: Desired, path: str) -> Location | None:
    """Where the value stands, else the nearest thing that the same option or entry sets or, with a
    list that is the whole truth, takes away.
    """
    if path in desired.values:
        return desired.values[path].location
    set_at = {other: found.location for other, found in desired.values.items()}
    places = {**set_at, **{claim: place for claim, place in desired.claims.items() if claim not in set_at}}
    parent = path.rpartition(".")[0]
    while parent:
        for other, place in places.items():
            if other.startswith(f"{parent}."):
                return place
        parent = parent.rpartition(".")[0]
    return None
