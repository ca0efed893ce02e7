"""One comment and one issue that are kept up to date instead of written anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from portalsync.forge.protocol import Forge, Note


class Posted(StrEnum):
    """What became of it; commands word it under this name."""

    WRITTEN = "written"
    EDITED = "edited"
    LEFT = "left"
    NEEDLESS = "needless"


@dataclass(frozen=True, slots=True)
class Sticky:
    """What `author` wrote and `ours` knows by its hidden mark. Of `author` alone: anybody can copy a mark."""

    forge: Forge
    author: str
    ours: Callable[[str], bool]

    def comment(self, pull: int, worded: Callable[[str], str], *, needed: bool) -> Posted:
        """One comment of a pull request says what is `worded`, by what it says so far. Not `needed`: none is
        written where there is none.
        """
        known = self._oldest(self.forge.comments(pull))
        if known is None:
            if not needed:
                return Posted.NEEDLESS
            self.forge.add_comment(pull, worded(""))
            return Posted.WRITTEN
        body = worded(known.body)
        if _same(known.body, body):
            return Posted.LEFT
        self.forge.edit_comment(known.number, body)
        return Posted.EDITED

    def issue(self, label: str, title: str, body: str, *, needed: bool) -> Posted:
        """One issue with a label says `body`; it is open exactly while it is `needed`."""
        known = self._oldest(self.forge.issues(label))
        if known is None:
            if not needed:
                return Posted.NEEDLESS
            self.forge.open_issue(title, body, label)
            return Posted.WRITTEN
        if _same(known.body, body) and known.open == needed:
            return Posted.LEFT
        self.forge.edit_issue(known.number, body, is_open=needed)
        return Posted.EDITED

    def _oldest(self, notes: Iterable[Note]) -> Note | None:
        return next((note for note in notes if note.author == self.author and self.ours(note.body)), None)


def _same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
