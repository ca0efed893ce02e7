"""Blank pages: what of a page is neither a firm's nor a client's, made once and filled for each of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from portalsync.lexicon import lexicon_of
from portalsync.model.page import Place, Shape, Surface
from portalsync.portal import templates

FIRM = "firm"
CLIENT = "client"
STYLE = "style"
POLICY = "policy"

_TEMPLATES = {Surface.WEB: templates.WEB, Surface.MOBILE: templates.MOBILE}
_ROWS = {
    "todo_list": "now",
    "banner": "now",
    "credit": "later",
    "section": "later",
}
"""Areas that stand side by side where there is room; any other area has a row of its own."""

_SLOT = re.compile(r"<slot ([^>]+)>")
"""No text of ours has such a tag, and nobody else's is on a blank page."""


@dataclass(frozen=True, slots=True)
class BlankPage:
    """By turns HTML, and the name of what goes there: a name above, or `in_area` of an area's name."""

    pieces: Sequence[str]

    @property
    def names(self) -> Sequence[str]:
        return self.pieces[1::2]

    def filled(self, values: Mapping[str, str]) -> str:
        """The page, with the HTML of each name in its place."""
        html = [*self.pieces]
        html[1::2] = [values[name] for name in self.names]
        return "".join(html)


def in_area(name: str) -> str:
    return f"areas.{name}"


@lru_cache(maxsize=1024)
def blank_page(place: Place, tag: str, areas: tuple[str, ...]) -> BlankPage:
    """The page with these areas, in reading order."""
    html = (
        templates.environment()
        .get_template(_TEMPLATES[place.surface])
        .render(
            place=place,
            t=lexicon_of(tag),
            tag=tag,
            areas={name: _slot(in_area(name)) for name in areas},
            rows=_rows(areas),
            **{name: _slot(name) for name in (FIRM, CLIENT, STYLE, POLICY)},
        )
    )
    return BlankPage(_SLOT.split(html))


def _slot(name: str) -> Markup:
    return templates.trusted(f"<slot {name}>")


def _rows(areas: Sequence[str]) -> Sequence[tuple[str, Sequence[str]]]:
    """The areas of a page between its brand and its foot, grouped into rows."""
    names = [name for name in areas if name not in {Shape.BRAND, Shape.FOOTER}]
    return [(row, tuple(group)) for row, group in groupby(names, key=lambda name: _ROWS.get(name, name))]
