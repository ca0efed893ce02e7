"""Which way out of drift is taken, setting by setting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import TypeAlias

from portalsync.errors import NothingSelected
from portalsync.lexicon import first_of, phrase
from portalsync.living.drift import Drift
from portalsync.living.own_file import OwnFile, keeping, unmanaging
from portalsync.living.piece import Piece, pieces
from portalsync.model.path_patterns import PathPatterns
from portalsync.suggest import did_you_mean

EVERYTHING = "all"
_MOST_TOLD = 8


class Way(StrEnum):
    """Called as its option is."""

    KEEP = "keep"
    """The files say what the portal has."""
    RESTORE = "restore"
    """A plan sets it as the files say."""
    UNMANAGE = "unmanage"
    """The files say nothing of it any more."""


Ways: TypeAlias = Mapping["Way", Mapping[str, Sequence[Piece]]]
"""What of each firm goes which way."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Settings paths by the way that they are to go, as they were typed."""

    paths: Mapping[Way, Sequence[str]]

    def chosen(self, drift: Drift) -> Ways:
        """NothingSelected for a path at which nothing has drifted, and for what is to go two ways."""
        firms = {firm.id: pieces(change.edit for change in firm.changes) for firm in drift.firms}
        settings = sorted({edit.path for some in firms.values() for each in some for edit in each.edits})
        ways = {way: _pattern(paths, settings) for way, paths in self.paths.items()}
        for some in firms.values():
            _check_once(ways, some)
        return {way: dict(_of_firms(pattern, firms)) for way, pattern in ways.items()}


def _pattern(paths: Iterable[str], settings: Sequence[str]) -> PathPatterns:
    for typed in paths:
        if typed != EVERYTHING and not any(path in PathPatterns.of([typed]) for path in settings):
            raise _nothing_at(typed, settings)
    return PathPatterns.of("*" if typed == EVERYTHING else typed for typed in paths)


def _nothing_at(typed: str, settings: Sequence[str]) -> NothingSelected:
    hint = did_you_mean(typed, settings)
    if settings and not hint:
        hint = phrase("errors.selection.drift.hint", paths=first_of(settings, _MOST_TOLD))
    return NothingSelected(phrase("errors.selection.drift.message", path=typed), hint)


def _check_once(ways: Mapping[Way, PathPatterns], some: Iterable[Piece]) -> None:
    for each in some:
        taken = [way for way, pattern in ways.items() if _is_in(each, pattern)]
        if len(taken) > 1:
            one, other, *_ = taken
            message = phrase("errors.selection.ways.message", path=each.path, one=one, other=other)
            raise NothingSelected(message, phrase("errors.selection.ways.hint"))


def _of_firms(
    pattern: PathPatterns, firms: Mapping[str, Sequence[Piece]]
) -> Iterator[tuple[str, Sequence[Piece]]]:
    for firm, some in firms.items():
        if among := [each for each in some if _is_in(each, pattern)]:
            yield firm, among


def _is_in(piece: Piece, pattern: PathPatterns) -> bool:
    return any(edit.path in pattern for edit in piece.edits)


def edited_files(
    own: OwnFile, kept: Iterable[Piece], unmanaged: Iterable[Piece]
) -> Mapping[str, tuple[bytes, bytes]]:
    """The firm's own file before and after that, and new pictures. NotKept where no file can say it."""
    edited = reduce(keeping, kept, own)
    paths = (edit.path for piece in unmanaged for edit in piece.edits)
    return reduce(unmanaging, paths, edited).files(own.content)
