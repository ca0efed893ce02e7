"""What stands in Markdown and is read otherwise than it is meant: links that lead nowhere, and what no page
shows.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from portalsync.addresses import MAILTO, target_problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SUSPECT = re.compile(r"[\[<|@]|://|www\.")
_TAG = re.compile(r"<(?:[/!?]|[a-z][a-z0-9-]*(?:[\s/>]|$))", re.IGNORECASE)
"""How HTML begins; an address between such signs has another one in it first."""
_BARE = re.compile(
    r"(?<![\w.@/-])(?:(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE
)
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?")
_NOWHERE = re.compile(r"\]\([^)\n]*\)?")
_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_END_OF_SENTENCE = ".,;:!?'\"*_“”„’»«"


class Meant(StrEnum):
    """What somebody meant who wrote it."""

    LINK = "link"
    NOWHERE = "nowhere"
    HTML = "html"
    PICTURE = "picture"
    TABLE = "table"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, order=True)
class Misread:
    """`text` begins at `start`, from 0. Of a link it is the address, or what stands in place of one; of a
    table its first line.
    """

    start: int
    text: str
    meant: Meant

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@lru_cache(maxsize=4096)
def misread(markdown: str) -> tuple[Misread, ...]:
    """In the order of the text."""
    if not _SUSPECT.search(markdown):
        return ()
    html = [*_html(markdown)]
    other = [*_reading(markdown)]
    shown = [each for each in other if not _is_inside(each, html)]
    return tuple(sorted({*html, *shown}))


def _is_inside(each: Misread, html: Sequence[Misread]) -> bool:
    return each.meant is Meant.ADDRESS and any(tag.start <= each.start < tag.end for tag in html)


def _html(markdown: str) -> Iterator[Misread]:
    """Tags and comments; what only ends one is not told again."""
    if not _TAG.search(markdown):
        return
    starts = _starts(markdown)
    for token in _parser(html=True).parse(markdown):
        if token.map is None or "<" not in token.content:
            continue
        reader = _Reader(markdown, starts[token.map[0]])
        parts = [token] if token.type == "html_block" else token.children or []
        for part in parts:
            content = part.content.strip()
            start = reader.go_behind(content)
            if part.type.startswith("html_") and start >= 0 and not content.startswith("</"):
                yield Misread(start, content, Meant.HTML)


def _reading(markdown: str) -> Iterator[Misread]:
    """All but HTML, which is text to this reader as it is to the one that makes the page."""
    starts = _starts(markdown)
    read: dict[str, Any] = {}
    tokens = _parser(html=False).parse(markdown, read)
    definitions: Mapping[str, Any] = read.get("references", {})
    defined = {str(each["href"]): starts[each["map"][0]] for each in definitions.values()}
    for href, start in defined.items():
        if target_problem(href):
            yield Misread(_Reader(markdown, start).address("]:", href), href, Meant.LINK)
    for token in tokens:
        if token.type == "inline" and token.map:
            start = starts[token.map[0]]
            yield from _tables(token.content, _Reader(markdown, start))
            yield from _in_passage(token.children or (), _Reader(markdown, start), defined)


def _in_passage(parts: Iterable["Token"], reader: "_Reader", defined: Container[str]) -> Iterator[Misread]:
    opened: list[Token] = []
    for part in parts:
        if part.type == "link_open":
            opened.append(part)
        elif part.type == "link_close":
            yield from _link(opened.pop(), reader, defined)
        elif part.type == "image":
            yield Misread(*reader.next(_PICTURE), Meant.PICTURE)
        else:
            start = reader.go_behind(part.content)
            if part.type == "text" and not opened and start >= 0:
                yield from _bare(part.content, start)


def _link(opening: "Token", reader: "_Reader", defined: Container[str]) -> Iterator[Misread]:
    href = str(opening.attrs["href"])
    if not target_problem(href):
        return
    if not href:
        yield Misread(*reader.next(_NOWHERE), Meant.NOWHERE)
    elif opening.info == "auto":
        typed = href if reader.is_behind(href) else href.removeprefix(MAILTO)
        yield Misread(reader.at - len(typed), typed, Meant.LINK)
    elif href not in defined or reader.stands("](", href):
        yield Misread(reader.address("](", href), href, Meant.LINK)


def _bare(text: str, start: int) -> Iterator[Misread]:
    for match in _BARE.finditer(text):
        yield Misread(start + match.start(), match[0].rstrip(_END_OF_SENTENCE), Meant.ADDRESS)


def _tables(passage: str, reader: "_Reader") -> Iterator[Misread]:
    """A line with strokes above one of dashes and strokes."""
    for line, below in pairwise(passage.split("\n")):
        start = reader.go_behind(line)
        if "|" in line and "|" in below and _DASHES.fullmatch(below.strip()) and start >= 0:
            yield Misread(start, line, Meant.TABLE)


class _Reader:
    """Where reading has come to in a text. It may lag behind: what is escaped is spelt otherwise there."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    def go_behind(self, words: str) -> int:
        """Where the words begin; -1 if they are spelt otherwise."""
        start = self.text.find(words, self.at)
        self.at = self.at if start < 0 else start + len(words)
        return start

    def is_behind(self, words: str) -> bool:
        return self.text.endswith(words, 0, self.at)

    def address(self, before: str, href: str) -> int:
        """Where an address begins behind these signs; the next one if it is spelt otherwise."""
        if match := self._address(before, href):
            return match.end() - len(href)
        nearest = self._address(before, "")
        return nearest.end() if nearest else self.at

    def stands(self, before: str, href: str) -> bool:
        return self._address(before, href) is not None

    def next(self, pattern: re.Pattern[str]) -> tuple[int, str]:
        """Where the next one begins, and what is typed for it."""
        match = pattern.search(self.text, self.at)
        if match is None:
            return self.at, ""
        self.at = match.end()
        return match.start(), match[0]

    def _address(self, before: str, href: str) -> re.Match[str] | None:
        return re.compile(f"{re.escape(before)}\\s*<?{re.escape(href)}").search(self.text, self.at)


def _starts(text: str) -> list[int]:
    """Where lines begin."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


@cache
def _parser(*, html: bool) -> "MarkdownIt":
    """Takes any address for one: what it leads to is another matter."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 20 ms, and most plans read no text

    parser = MarkdownIt("commonmark", {"html": html})
    parser.validateLink = _any  # type: ignore[assignment,method-assign]
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[assignment,method-assign]
    return parser


def _any(_address: str) -> bool:
    return True
