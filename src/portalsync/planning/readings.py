"""What a block says before and after, part by part, in one language."""

from collections.abc import Iterator, Mapping

from portalsync.lexicon import lexicon_of
from portalsync.model.canonical import bytes_digest
from portalsync.model.effect import Reading
from portalsync.model.page import Content, Line, Placed, Shape
from portalsync.portal.markdown import links

_PARTS = ("label", "title", "text", "markdown", "href", "image", "color")
READ_PARTS = (*_PARTS, "links", "written", "lines")
"""What a reading is of."""
_PLAIN_SPACES = {0xA0: " ", 0x202F: " "}
"""Amounts in plans are found by those who type them; only pages need spaces at which no line breaks."""
_LEADING = frozenset({"website", "imprint", "privacy"})
"""Groups of lines that are links."""


def readings(before: Placed | None, after: Placed | None, locale: str) -> Iterator[Reading]:
    """What is read differently; a block that comes or goes is read whole."""
    old = _parts(before, locale) if before is not None else {}
    new = _parts(after, locale) if after is not None else {}
    for what in READ_PARTS:
        had, has = old.get(what, ""), new.get(what, "")
        if had != has:
            yield Reading(what, had, has)


def label(block: Placed) -> str:
    """What people call the block: an entry of a list by its title, anything else by its label."""
    is_entry = block.key.count(".") > 1
    return block.content.title if is_entry and block.content.title else block.label


def _parts(block: Placed, locale: str) -> Mapping[str, str]:
    content: Content = block.content
    lines, links_in = "\n".join(map(_row, content.lines)), "\n".join(_links(content))
    own = {what: str(getattr(content, what)) for what in _PARTS if what != "label"}
    if content.image:
        own["image"] = bytes_digest(content.image.encode())[:19]
    return {
        "label": block.label,
        **own,
        "links": links_in,
        "written": _language(block, locale),
        "lines": "" if lines == links_in else lines,
    }


def _language(block: Placed, locale: str) -> str:
    """Of all the page, where its brand says it: Austrian German."""
    return lexicon_of(locale).language(block.content.written or locale) if block.shape is Shape.BRAND else ""


def _row(line: Line) -> str:
    money = line.money.translate(_PLAIN_SPACES)
    return " · ".join(filter(None, (line.title, line.meta, money, line.day, line.text)))


def _links(content: Content) -> Iterator[str]:
    """Addresses among what is read, which words alone would hide; `href` has a part of its own."""
    yield from links(content.markdown)
    yield from (line.title for line in content.lines if line.group in _LEADING)
