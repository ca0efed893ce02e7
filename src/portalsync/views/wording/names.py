"""Firms by their names, some of many."""

from collections.abc import Iterable, Sequence

from portalsync.lexicon import Foreign, Text, first_of, joined

SHOWN_FIRMS = 8
"""So many firms are named where more are meant."""


def first_names(names: Sequence[str]) -> Text:
    """The first of several firms, and how many more there are."""
    return first_of([*map(Foreign, names)], SHOWN_FIRMS)


def all_names(names: Iterable[str]) -> Text:
    return joined(Foreign(name) for name in names)
