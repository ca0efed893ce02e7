"""A file that is being edited: where its lines, keys and values are, and the text with all else as it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from yaml.events import Event

from portalsync.config.yaml import Path
from portalsync.config.yaml.nodes import Node, root_of
from portalsync.config.yaml.source import end_of, start_of
from portalsync.config.yaml.text import read_text


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Characters of a text, from `start` up to `end`, and what stands there afterwards."""

    start: int
    end: int
    text: str


def insertion(index: int, text: str) -> TextEdit:
    return TextEdit(index, index, text)


def deletion(start: int, end: int) -> TextEdit:
    return TextEdit(start, end, "")


class Draft:
    """A file's text as it is, with its byte order mark and its own line ends. Lines count from 0.

    InvalidConfig if it is no text that the door for YAML lets in. Nodes are there if it is YAML too.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self.source = read_text(content, file)
        self.text = content.decode()

    def node(self, path: Path) -> Node:
        """What stands at a path. KeyError if nothing does."""
        node = self._root
        for step in path:
            node = node.children[step]
        return node

    def start(self, event: Event) -> int:
        mark = start_of(event)
        return self._index(mark.line, mark.column)

    def end(self, event: Event) -> int:
        mark = end_of(event)
        return self._index(mark.line, mark.column)

    def line_start(self, line: int) -> int:
        """Where a line begins; the end of the text for a line behind the last one."""
        return self._line_starts[line] if line < len(self._line_starts) else len(self.text)

    def line_end(self, line: int) -> int:
        """Where a line ends, before what breaks it."""
        return self.line_start(line) + len(self.source.lines[line])

    def line_break(self, line: int) -> str:
        """What ends this line, or the lines of the file if it is the last one and nothing does."""
        ending = self.text[self.line_end(line) : self.line_start(line + 1)]
        return ending or ("\r\n" if "\r\n" in self.text else "\n")

    def edited(self, edits: Iterable[TextEdit]) -> bytes:
        """The text with all of these edits made at once; insertions at one place in the order given."""
        ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
        kept = [0, *(index for edit in ordered for index in (edit.start, edit.end)), len(self.text)]
        if kept != sorted(kept):
            raise AssertionError(f"edits of {self.source.file} overlap: {ordered}")
        parts = [self.text[start:end] for start, end in [*pairwise(kept)][::2]]
        new = [*(edit.text for edit in ordered), ""]
        return "".join(part + text for part, text in zip(parts, new, strict=True)).encode()

    def _index(self, line: int, column: int) -> int:
        return min(self.line_start(line) + column, len(self.text))

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [int(self.text.startswith("\ufeff"))]
        starts.extend(index + 1 for index, character in enumerate(self.text) if character == "\n")
        return starts

    @cached_property
    def _root(self) -> Node:
        return root_of(self.source)
