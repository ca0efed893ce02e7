"""Findings about files, named as seen from where the command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig


@contextmanager
def findings_in(root: Path) -> Iterator[None]:
    """Findings that stop what happens here name their files as seen from where the command runs."""
    try:
        yield
    except InvalidConfig as error:
        raise InvalidConfig([in_folder(each, root) for each in error.diagnostics]) from error


def in_folder(finding: Diagnostic, root: Path) -> Diagnostic:
    """The finding, its file named as seen from where the command runs."""
    return replace(finding, position=replace(finding.position, file=str(root / finding.position.file)))
