"""What files say of earlier ids, where it cannot be so."""

from collections.abc import Container, Iterator

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import phrase
from portalsync.model.desired import Desired


def wrong_renames(entries: Container[str], desired: Desired) -> Iterator[Diagnostic]:
    """Of entries: an earlier id that an entry still has, itself or another, and one that two say they had."""
    taken: set[str] = set()
    for entry, statement in desired.previously.items():
        id_ = str(statement.value)
        former = f"{entry.rpartition('.')[0]}.{id_}"
        if former in entries:
            yield Diagnostic(
                "previously-exists",
                phrase("findings.previously-exists.message", id=id_),
                statement.position,
                hint=phrase("findings.previously-exists.hint"),
            )
        elif former in taken:
            yield Diagnostic(
                "previously-twice",
                phrase("findings.previously-twice.message", id=id_),
                statement.position,
                hint=phrase("findings.previously-twice.hint"),
            )
        taken.add(former)
