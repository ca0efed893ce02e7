"""What firms have in common on their portal, for a layer that they share."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from portalsync.catalog.profile import NAME
from portalsync.living.own_layer import entries_around
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings

_OWN = frozenset({NAME.path})
"""What is a firm's own, even where two have the same."""


def in_common(firms: Sequence[Settings]) -> Settings:
    """Of fields that all of these firms have set, the value that most have; entries that are alike in all."""
    first, *others = firms
    shared = [path for path in first if path not in _OWN and all(path in each for each in others)]
    alike = {*_alike_entries(first, others)}
    return {path: value for path in shared for value in _shared_value(path, firms, alike)}


def _shared_value(path: str, firms: Sequence[Settings], alike: Collection[str]) -> Iterator[JSON]:
    """The value, if there is one to share."""
    around = next(entries_around(path), None)
    if around is not None:
        yield from [firms[0][path]] if around in alike else []
        return
    counted = Counter(canonical(firm[path]) for firm in firms)
    usual, number = min(counted.items(), key=lambda each: (-each[1], each[0]))
    if number > 1 and number * 2 >= len(firms):
        yield next(firm[path] for firm in firms if canonical(firm[path]) == usual)


def _alike_entries(first: Settings, others: Sequence[Settings]) -> Iterator[str]:
    """Entries of which all firms have the same."""
    own = _by_entry(first)
    rest = [_by_entry(each) for each in others]
    return (entry for entry, said in own.items() if all(each.get(entry) == said for each in rest))


def _by_entry(settings: Settings) -> Mapping[str, bytes]:
    """What is said of each entry of an outer list."""
    found: dict[str, dict[str, JSON]] = {}
    for path, value in settings.items():
        for entry in islice(entries_around(path), 1):
            found.setdefault(entry, {})[path] = value
    return {entry: canonical(said) for entry, said in found.items()}
