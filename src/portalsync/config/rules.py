"""The catalogue's rules over what the layers resolve to, pointed at the line that set it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from portalsync.catalog.broken_rules import broken_rules, has_long_list, lists_in
from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.option import ListField, Rule, Violation
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import counted, phrase
from portalsync.model.desired import Desired, Origin
from portalsync.model.edit import ABSENT
from portalsync.model.facts import Facts
from portalsync.model.page import Situation, situation_of
from portalsync.model.settings import Settings, parents


def check_rules(
    desired: Desired, live: Settings, facts: Facts, at: datetime, in_force: Situation | None = None
) -> Iterator[Diagnostic]:
    """Findings about a firm's settings in force; `in_force` is the situation with them, if it is at hand.
    What the live ones break already is a warning, as the portal lets it pass; and left out unless files
    manage it: portalsync answers for nothing else.
    """
    causes = _Causes(desired)
    case = in_force or situation_of(desired.firm, desired.in_force(live), facts, at)
    broken = [*broken_rules(case)]
    before_it = broken_rules(situation_of(desired.firm, live, facts, at)) if broken else ()
    old = {(rule.code, each.path) for rule, each in before_it}
    for rule, violation in broken:
        before = (rule.code, violation.path) in old
        path = causes.last_added(violation.among, live) or violation.path
        position = causes.managed(path) if before else causes.unset(violation.lacks) or causes.of_all(path)
        if position is not None:
            yield _finding(rule, violation, path, position, before=before)
    if has_long_list(case.settings):
        after = desired.in_force(live)
        for path, entry_list, ids in lists_in(live.keys() ^ after.keys(), after):
            if len(ids) > entry_list.limit:
                yield _too_long(path, entry_list, len(ids), causes.of_all(path))


def _finding(rule: Rule, violation: Violation, path: str, position: Position, *, before: bool) -> Diagnostic:
    values = dict(violation.values)
    return Diagnostic(
        rule.code,
        phrase(f"rules.{rule.code}.message", **values),
        position,
        Severity.WARNING if before else rule.severity,
        hint=phrase(f"rules.{rule.code}.hint", **values),
        path=path,
        before=before,
    )


def _too_long(path: str, entry_list: ListField, number: int, position: Position) -> Diagnostic:
    """With entries that no file names: a list can have some of its own on the portal."""
    return Diagnostic(
        "schema-maxitems",
        phrase("findings.list-too-long.on-portal", list=entry_list.name, number=number),
        position,
        expected=counted("findings.length.most-entries", entry_list.limit),
        hint=phrase("findings.list-too-long.there"),
        path=path,
    )


class _Causes:
    """Where the lines stand that settings go back to."""

    def __init__(self, desired: Desired) -> None:
        self._desired = desired

    def of(self, path: str) -> Position | None:
        """Where the value stands, else the nearest thing that the same option or entry sets or, with a
        list that is the whole truth, takes away.
        """
        statement = self._desired.values.get(path)
        if statement is not None:
            return statement.position
        nearest = (each for each in parents(path) if each in self._set_below or each in self._claimed_below)
        return self._below(next(nearest, ""))

    def managed(self, path: str) -> Position | None:
        """Where the value or something below it stands, or the list that is the whole truth."""
        statement = self._desired.values.get(path)
        claim = self._desired.managed.covering(path)
        stated = statement.position if statement else self._below(path)
        return stated or (None if claim is None else self._desired.claims[claim].key)

    def of_all(self, path: str) -> Position:
        """Where the value stands, else the nearest thing; the whole file of the firm if there is none."""
        return self.of(path) or Position(FIRM.file_of(self._desired.firm))

    def unset(self, paths: Iterable[str]) -> Position | None:
        """Where the first of these stands that a layer takes away."""
        said = (self._desired.values.get(path) for path in paths)
        return next((each.position for each in said if each and each.value is ABSENT), None)

    def last_added(self, paths: Iterable[str], live: Settings) -> str:
        """Of several, the one that the portal does not have yet; of these, the one that the highest layer
        brings, and there the lowest line. Empty if there is none.
        """
        return max(paths, key=lambda path: (path not in live, self._brought.get(path, -1)), default="")

    @cached_property
    def _brought(self) -> dict[str, int]:
        """When the layers first speak of a path."""
        said = reversed([*enumerate(self._desired.statements)])
        return {statement.path: number for number, statement in said}

    def _below(self, path: str) -> Position | None:
        """Where the first value below a path stands, else the first claim."""
        if path in self._set_below:
            return self._set_below[path].value
        return self._claimed_below[path].key if path in self._claimed_below else None

    @cached_property
    def _set_below(self) -> dict[str, Origin]:
        return _first_below({path: each.origin for path, each in self._desired.values.items()})

    @cached_property
    def _claimed_below(self) -> dict[str, Origin]:
        return _first_below(self._desired.claims)


def _first_below(origins: Mapping[str, Origin]) -> dict[str, Origin]:
    """For each path that others are below, the first of them."""
    first: dict[str, Origin] = {}
    for path, origin in origins.items():
        for parent in parents(path):
            first.setdefault(parent, origin)
    return first
