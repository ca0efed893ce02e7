"""All pages of a firm, and the one digest that promises them."""

from collections.abc import Iterable, Iterator

from portalsync.model.canonical import bytes_digest, digest
from portalsync.model.page import Place, Situation
from portalsync.model.persona import Persona
from portalsync.portal.actions import page_file
from portalsync.portal.compose import compose
from portalsync.portal.render import render
from portalsync.portal.variants import variants


def page_href(firm: str, persona: str, locale: str, place: Place) -> str:
    """Where a page lies below the index of a preview, and below `/portal/` on the live portal."""
    return f"{firm}/{persona}/{locale}/{page_file(place)}"


def pages(situation: Situation, personas: Iterable[Persona]) -> Iterator[tuple[str, str]]:
    """The address and the HTML of every page of every sample client."""
    for persona, locale, place in variants(situation, personas):
        composition = compose(situation, persona, place, locale)
        yield page_href(situation.firm, persona.id, locale, place), render(composition)


def pages_digest(pages: Iterable[tuple[str, str]]) -> str:
    """The digest over addresses and bytes: equal exactly when clients get the promised pages."""
    return digest({address: bytes_digest(html.encode()) for address, html in pages})
