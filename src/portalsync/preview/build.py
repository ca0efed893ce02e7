"""Situations x personas -> the files of a static preview."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.profile import ACCENT_COLOR, LOCALES, NAME
from portalsync.lexicon import Lexicon, lexicon_of
from portalsync.model.page import Situation
from portalsync.model.persona import Persona
from portalsync.model.watch import Watch, unwatched
from portalsync.moments import moment
from portalsync.portal.links import page_href
from portalsync.portal.render import pages
from portalsync.portal.variants import variants
from portalsync.preview.gallery import (
    Firm,
    Gallery,
    PageLink,
    SampleClient,
    gallery_index,
    situation,
)

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Preview:
    """The files of a static preview: `index.html`, and every page of every persona of every firm. A page is
    made when its turn comes, and kept by nobody.
    """

    names: Sequence[str]
    files: Iterable[tuple[str, bytes]]


def build(  # noqa: PLR0913 - what a preview shows, to whom, and who waits for it
    title: str,
    firms: Sequence[Situation],
    personas: Sequence[Persona],
    *,
    at: datetime,
    locale: str,
    watch: Watch = unwatched,
) -> Preview:
    lexicon = lexicon_of(locale)
    gallery = Gallery(title, lexicon.say(moment(at)), tuple(_firm(each, personas, lexicon) for each in firms))
    addresses = (page.href for firm in gallery.firms for client in firm.clients for page in client.pages)
    texts = chain(
        [(INDEX, gallery_index(gallery, lexicon))],
        (page for each in watch(firms) for page in pages(each, personas)),
    )
    return Preview((INDEX, *addresses), ((name, text.encode()) for name, text in texts))


def _firm(case: Situation, personas: Sequence[Persona], lexicon: Lexicon) -> Firm:
    return Firm(
        id=case.firm,
        name=case.settings[NAME] or case.firm,
        accent=case.settings[ACCENT_COLOR].lower(),
        locales=tuple(case.settings[LOCALES]),
        clients=tuple(_client(case, persona, lexicon) for persona in personas),
    )


def _client(case: Situation, persona: Persona, lexicon: Lexicon) -> SampleClient:
    return SampleClient(
        id=persona.id,
        title=localized(persona.title, lexicon.locale, "en")[0],
        client=persona.client,
        tags=tuple(sorted(persona.tags)),
        situation=situation(persona, case.facts.currency, lexicon),
        pages=tuple(
            PageLink(place, locale, page_href(case.firm, persona.id, locale, place))
            for _, locale, place in variants(case, (persona,))
        ),
    )
