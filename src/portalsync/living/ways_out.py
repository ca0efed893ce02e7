"""Which way out of drift is taken, setting by setting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import chain
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
    """Settings paths by the way that they are to go, as they were typed; `all`: what no other path names."""

    paths: Mapping[Way, Sequence[str]]

    def chosen(self, drift: Drift) -> Ways:
        """NothingSelected for a path at which nothing has drifted, and for what is to go two ways."""
        firms = {firm.id: pieces(change.edit for change in firm.changes) for firm in drift.firms}
        settings = sorted({edit.path for some in firms.values() for each in some for edit in each.edits})
        for typed in chain.from_iterable(self.paths.values()):
            _check_path(typed, settings)
        chosen: dict[Way, dict[str, list[Piece]]] = {way: {} for way in self.paths}
        for firm, some in firms.items():
            for piece in some:
                for way in self._way_of(piece):
                    chosen[way].setdefault(firm, []).append(piece)
        return chosen

    def _way_of(self, piece: Piece) -> Sequence[Way]:
        """The one way that it goes, if any."""
        named = [way for way, paths in self.paths.items() if _is_in(piece, PathPatterns.of(paths))]
        ways = named or [way for way, paths in self.paths.items() if EVERYTHING in paths]
        if len(ways) > 1:
            one, other, *_ = ways
            message = phrase("errors.selection.ways.message", path=piece.path, one=one, other=other)
            raise NothingSelected(message, phrase("errors.selection.ways.hint"))
        return ways


def _check_path(typed: str, settings: Sequence[str]) -> None:
    if typed == EVERYTHING or any(path in PathPatterns.of([typed]) for path in settings):
        return
    hint = did_you_mean(typed, settings)
    if settings and not hint:
        hint = phrase("errors.selection.drift.hint", paths=first_of(settings, _MOST_TOLD))
    raise NothingSelected(phrase("errors.selection.drift.message", path=typed), hint)


def _is_in(piece: Piece, pattern: PathPatterns) -> bool:
    return any(edit.path in pattern for edit in piece.edits)


def edited_files(
    own: OwnFile, kept: Iterable[Piece], unmanaged: Iterable[Piece]
) -> Mapping[str, tuple[bytes, bytes]]:
    """The firm's own file before and after that, and new pictures. NotKept where no file can say it."""
    edited = reduce(keeping, kept, own)
    paths = (edit.path for piece in unmanaged for edit in piece.edits)
    return reduce(unmanaging, paths, edited).files(own.content)
