"""What the catalogue objects to in settings: the same for a plan and for a portal that judges a commit."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from portalsync.catalog import FIELDS, SECTIONS, pattern_of
from portalsync.catalog.option import ListField, Rule, Violation
from portalsync.model.page import Situation
from portalsync.model.settings import LONGEST_REMEMBERED, Scope, Settings


def broken_rules(case: Situation) -> Iterator[tuple[Rule, Violation]]:
    """Every rule that is broken, and where. What was broken before is known by `Rule.code` and
    `Violation.path`.
    """
    for option in SECTIONS:
        for rule in option.rules:
            for violation in rule.check(case):
                yield rule, violation


def has_long_list(settings: Scope) -> bool:
    """Whether any list has more entries than it may."""
    return any(_is_too_long(each, settings) for option in SECTIONS for each in option.lists)


def _is_too_long(each: ListField, scope: Scope) -> bool:
    entries = scope.entries(each)
    inner = [one for one in each.fields if isinstance(one, ListField)]
    return len(entries) > each.limit or any(_is_too_long(one, entry) for one in inner for entry in entries)


def lists_in(touched: Iterable[str], settings: Settings) -> Iterator[tuple[str, ListField, set[str]]]:
    """Every list that one of the paths is in, with the ids that the settings have there."""
    ids: dict[str, set[str]] = {path: set() for changed in touched for path, _ in _entries(changed)}
    if not ids:
        return
    for setting in settings:
        for path, entry in _entries(setting):
            if path in ids:
                ids[path].add(entry)
    for path in sorted(ids):
        field = FIELDS[pattern_of(path)]
        assert isinstance(field, ListField)  # noqa: S101 - `_entries` are entries of lists only
        yield path, field, ids[path]


def _entries(path: str) -> Sequence[tuple[str, str]]:
    """The lists that a path is in, each with the id of its entry."""
    return _remembered_entries(path) if len(path) <= LONGEST_REMEMBERED else [*_entries_of(path)]


@lru_cache(10_000)
def _remembered_entries(path: str) -> Sequence[tuple[str, str]]:
    return tuple(_entries_of(path))


def _entries_of(path: str) -> Iterator[tuple[str, str]]:
    parts = path.split(".")
    for index, place in enumerate(pattern_of(path).split(".")):
        if place == "*":
            yield ".".join(parts[:index]), parts[index]
