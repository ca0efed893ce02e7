"""What is wrong with a page once it is rendered, whatever file is to blame."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from urllib.parse import urlsplit

from portalsync.catalog.contrast import LEAST_CONTRAST, contrast
from portalsync.diagnostics import Severity
from portalsync.model.page import Composition, PageName, Shape, Surface

LONGEST_TITLE = 90
LONGEST_ON_PHONE = 900
"""Characters of an announcement that a phone's first screen cannot hold with anything else."""

_FURNITURE = {Shape.BRAND, Shape.WELCOME, Shape.TODO_LIST, Shape.CONTACT, Shape.FOOTER}
_SCHEMES = {"https", "mailto", "tel", ""}
_HEADING = re.compile(r"<h([1-6])\b")
_LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"')


@dataclass(frozen=True)
class Remark:
    """One finding about one page; worded under `lint.<code>`."""

    code: str
    severity: Severity
    values: Mapping[str, str] = field(default_factory=dict)


def lint(composition: Composition, html: str) -> Iterator[Remark]:
    """Everything to say about one distinct page."""
    yield from _empty_home(composition)
    yield from _translation(composition)
    yield from _contrast(composition)
    yield from _length(composition)
    yield from _outline(html)


def _empty_home(composition: Composition) -> Iterator[Remark]:
    shown = [block for block in composition.shown if block.shape not in _FURNITURE]
    todos = [block for block in composition.shown if block.shape is Shape.TODO_LIST and block.content.lines]
    if composition.place.page is PageName.HOME and not shown and not todos:
        yield Remark("empty-home", Severity.WARNING)


def _translation(composition: Composition) -> Iterator[Remark]:
    for block in composition.shown:
        foreign = {block.content.lang, *(line.lang for line in block.content.lines)} - {""}
        if foreign and block.option != "standing":
            label = block.content.title or block.label
            values = {"label": label, "locale": composition.locale, "other": ", ".join(sorted(foreign))}
            yield Remark("translation-missing", Severity.WARNING, values)


def _contrast(composition: Composition) -> Iterator[Remark]:
    for block in composition.shown:
        if block.shape is Shape.BRAND and block.content.color:
            ratio = contrast(block.content.color, "#ffffff")
            if ratio < LEAST_CONTRAST:
                values = {"color": block.content.color, "ratio": f"{ratio:.1f}"}
                yield Remark("contrast", Severity.ERROR, values)


def _length(composition: Composition) -> Iterator[Remark]:
    if composition.place.surface is not Surface.MOBILE:
        return
    for block in composition.shown:
        content = block.content
        if block.shape is Shape.BANNER and (
            len(content.markdown) > LONGEST_ON_PHONE or len(content.title) > LONGEST_TITLE
        ):
            values = {"label": content.title, "count": str(len(content.markdown))}
            yield Remark("announcement-long", Severity.WARNING, values)


def _outline(html: str) -> Iterator[Remark]:
    """Headings and links of a page that our own templates wrote: patterns are enough to find them."""
    levels = [int(level) for level in _HEADING.findall(html)]
    if levels.count(1) != 1 or any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield Remark("headings", Severity.ERROR, {"levels": " ".join(map(str, levels))})
    for href in _LINK.findall(html):
        if urlsplit(unescape(href)).scheme not in _SCHEMES:
            yield Remark("link", Severity.ERROR, {"href": unescape(href)})
