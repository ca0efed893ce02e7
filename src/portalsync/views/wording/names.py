"""Firms by their names, some of many."""

from collections.abc import Iterable, Sequence

from portalsync.lexicon import Foreign, Text, counted, joined

SHOWN_FIRMS = 8
"""So many firms are named where more are meant."""


def first_names(names: Sequence[str]) -> Text:
    """The first of several firms, and how many more there are."""
    shown = all_names(names[:SHOWN_FIRMS])
    rest = len(names) - SHOWN_FIRMS
    return (shown, counted("plan.more_firms", rest)) if rest > 0 else shown


def all_names(names: Iterable[str]) -> Text:
    return joined(Foreign(name) for name in names)
