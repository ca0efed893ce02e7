"""Blocks -> the HTML of a page. The same bytes are the preview and the live page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from portalsync.catalog.profile import ACCENT_COLOR
from portalsync.lexicon import lexicon_of
from portalsync.model.page import Composition, Content, Place, Placed, Shape, Situation
from portalsync.model.persona import Persona
from portalsync.portal import templates
from portalsync.portal.blank import CLIENT, FIRM, POLICY, STYLE, blank_page, in_area
from portalsync.portal.classes import Classes
from portalsync.portal.links import page_href
from portalsync.portal.unbroken import kept_whole
from portalsync.portal.variants import variants

_SAY_THE_FIRM = frozenset({Shape.BRAND, Shape.CONTACT})
_SAY_THE_CLIENT = frozenset({Shape.WELCOME})
"""Shapes whose partials read a name that is not the block's own; to all others it is unknown."""


def render(composition: Composition) -> str:
    """The page, from its doctype to its end. Equal compositions give equal text."""
    areas = _areas(composition)
    brand = _brand(composition)
    tag = brand.written or composition.locale
    blank = blank_page(composition.place, tag, tuple(areas))
    firm, color = brand.title or lexicon_of(tag)("portal.name"), _color(brand)
    values: dict[str, str] = {
        FIRM: _text(firm),
        CLIENT: _text(composition.client),
        STYLE: _style(color),
        POLICY: escape(_policy(color)),
    }
    for name, blocks in areas.items():
        if in_area(name) in blank.names:
            values[in_area(name)] = _area_on(composition, tag, name, blocks, firm)
    return blank.filled(values)


def pages(situation: Situation, personas: Iterable[Persona]) -> Iterator[tuple[str, str]]:
    """The address and the HTML of every page of every sample client."""
    classes = Classes(situation)
    for persona, locale, place in variants(situation, personas):
        composition = classes.compose(persona, place, locale, situation.at)
        yield page_href(situation.firm, persona.id, locale, place), render(composition)


def page_policy(composition: Composition) -> str:
    """What the page may do, as it says itself."""
    return _policy(_color(_brand(composition)))


def _brand(composition: Composition) -> Content:
    return next((block.content for block in composition.shown if block.shape is Shape.BRAND), Content())


def _areas(composition: Composition) -> Mapping[str, Sequence[Placed]]:
    return {area: tuple(blocks) for area, blocks in groupby(composition.shown, key=lambda block: block.area)}


def _area_on(page: Composition, tag: str, name: str, blocks: Sequence[Placed], firm: str) -> str:
    shapes = {block.shape for block in blocks}
    return _area(
        page.place,
        tag,
        name,
        tuple(blocks),
        firm if shapes & _SAY_THE_FIRM else None,
        page.client if shapes & _SAY_THE_CLIENT else None,
    )


@lru_cache(maxsize=2048)
def _area(  # noqa: PLR0913, PLR0917 - all that its HTML follows from
    place: Place, tag: str, name: str, blocks: Sequence[Placed], firm: str | None, client: str | None
) -> str:
    names = {key: value for key, value in (("firm", firm), ("client", client)) if value is not None}
    template = templates.environment().get_template(templates.AREA)
    html = template.render(area=name, blocks=blocks, place=place, tag=tag, t=lexicon_of(tag), **names)
    return kept_whole(templates.printable(html))


@lru_cache(maxsize=1024)
def _text(text: str) -> Markup:
    return escape(templates.printable(text))


def _color(brand: Content) -> str:
    """The firm's colour; text that is none never gets into the style."""
    return brand.color if templates.is_color(brand.color) else ACCENT_COLOR.default


@lru_cache(maxsize=1024)
def _style(color: str) -> Markup:
    return Markup(templates.environment().get_template(templates.STYLE).render(accent=color))  # noqa: S704 - our own


@lru_cache(maxsize=1024)
def _policy(color: str) -> str:
    return templates.style_policy(_style(color))
