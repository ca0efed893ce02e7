"""All pages of a firm."""

from collections.abc import Iterable, Iterator

from portalsync.model.page import Situation
from portalsync.model.persona import Persona
from portalsync.portal.compose import compose
from portalsync.portal.links import page_href
from portalsync.portal.render import render
from portalsync.portal.variants import variants


def pages(situation: Situation, personas: Iterable[Persona]) -> Iterator[tuple[str, str]]:
    """The address and the HTML of every page of every sample client."""
    for persona, locale, place in variants(situation, personas):
        composition = compose(situation, persona, place, locale)
        yield page_href(situation.firm, persona.id, locale, place), render(composition)
