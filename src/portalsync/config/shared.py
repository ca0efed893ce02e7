"""Findings about one firm whose lines stand in a file of many."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from portalsync.catalog.files.layers import FIRM
from portalsync.diagnostics import Diagnostic


def in_firm(firm: str, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The same, naming the firm unless the file does."""
    own = FIRM.file_of(firm)
    return (each if each.position.file == own else replace(each, firms=(firm,)) for each in findings)
