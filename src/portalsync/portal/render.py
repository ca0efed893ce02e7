"""Blocks -> the HTML of a page. The same bytes are the preview and the live page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from portalsync.catalog.profile import ACCENT_COLOR
from portalsync.lexicon import lexicon_of
from portalsync.model.page import Composition, Content, Placed, Shape, Situation, Surface
from portalsync.model.persona import Persona
from portalsync.portal import templates
from portalsync.portal.compose import compose
from portalsync.portal.links import page_href
from portalsync.portal.variants import variants

_TEMPLATES = {Surface.WEB: templates.WEB, Surface.MOBILE: templates.MOBILE}
_ROWS = {
    "todo_list": "now",
    "banner": "now",
    "credit": "later",
    "section": "later",
}
"""Areas that stand side by side where there is room; any other area has a row of its own."""


def render(composition: Composition) -> str:
    """The page, from its doctype to its end. Equal compositions give equal text."""
    brand = _brand(composition)
    html = (
        templates.environment()
        .get_template(_TEMPLATES[composition.place.surface])
        .render(
            page=composition,
            place=composition.place,
            t=lexicon_of(composition.locale),
            locale=composition.locale,
            brand=brand,
            areas=_areas(composition),
            rows=_rows(composition),
            style=_style(_color(brand)),
            policy=_policy(_color(brand)),
        )
    )
    return templates.printable(html)


def pages(situation: Situation, personas: Iterable[Persona]) -> Iterator[tuple[str, str]]:
    """The address and the HTML of every page of every sample client."""
    for persona, locale, place in variants(situation, personas):
        composition = compose(situation, persona, place, locale)
        yield page_href(situation.firm, persona.id, locale, place), render(composition)


def page_policy(composition: Composition) -> str:
    """What the page may do, as it says itself."""
    return _policy(_color(_brand(composition)))


def _brand(composition: Composition) -> Content:
    return next((block.content for block in composition.shown if block.shape is Shape.BRAND), Content())


def _areas(composition: Composition) -> Mapping[str, Sequence[Placed]]:
    return {area: tuple(blocks) for area, blocks in groupby(composition.shown, key=lambda block: block.area)}


def _rows(composition: Composition) -> Sequence[tuple[str, Sequence[str]]]:
    """The areas of a page below its brand, grouped into rows."""
    names = [area for area in _areas(composition) if area != Shape.BRAND]
    return [(row, tuple(group)) for row, group in groupby(names, key=lambda name: _ROWS.get(name, name))]


def _color(brand: Content) -> str:
    """The firm's colour; text that is none never gets into the style."""
    return brand.color if templates.is_color(brand.color) else ACCENT_COLOR.default


@lru_cache(maxsize=1024)
def _style(color: str) -> Markup:
    return Markup(templates.environment().get_template(templates.STYLE).render(accent=color))  # noqa: S704 - our own


@lru_cache(maxsize=1024)
def _policy(color: str) -> str:
    return templates.style_policy(_style(color))
