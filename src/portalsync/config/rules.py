"""The catalogue's rules over what the layers resolve to, pointed at the line that set it."""

from collections.abc import Iterator
from datetime import datetime

from portalsync.catalog import SECTIONS
from portalsync.diagnostics import Diagnostic, Position
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
                position = _cause(desired, violation.path)
                if position is None:
                    continue
                values = dict(violation.values)
                yield Diagnostic(
                    rule.code,
                    phrase(f"rules.{rule.code}.message", **values),
                    position,
                    rule.severity,
                    hint=phrase(f"rules.{rule.code}.hint", **values),
                    path=violation.path,
                )


def _cause(desired: Desired, path: str) -> Position | None:
    """Where the value stands, else the nearest thing that the same option or entry sets or, with a
    list that is the whole truth, takes away.
    """
    if path in desired.values:
        return desired.values[path].position
    set_at = {other: found.position for other, found in desired.values.items()}
    known = {
        **set_at,
        **{claim: position for claim, position in desired.claims.items() if claim not in set_at},
    }
    parent = path.rpartition(".")[0]
    while parent:
        for other, position in known.items():
            if other.startswith(f"{parent}."):
                return position
        parent = parent.rpartition(".")[0]
    return None
