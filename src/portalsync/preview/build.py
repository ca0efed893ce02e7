"""Situations x personas -> the files of a static preview."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.profile import ACCENT_COLOR, LOCALES, NAME
from portalsync.lexicon import Lexicon, lexicon_of
from portalsync.model.page import Place, Situation
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
from portalsync.windows_names import as_on_windows

INDEX = "index.html"
MOST_TOGETHER = 24
"""Firms on one index, each with its clients and pages: so many can be looked through."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The files of a static preview: `index.html`, and every page of every persona of every firm. Many firms
    have an index each. A page is made when its turn comes, and kept by nobody.
    """

    names: Sequence[str]
    files: Iterable[tuple[str, bytes]]

    @property
    def pages(self) -> int:
        return sum(not name.endswith(INDEX) for name in self.names)


def build(  # noqa: PLR0913 - what a preview shows, to whom, and who waits for it
    title: str,
    firms: Sequence[Situation],
    personas: Sequence[Persona],
    *,
    at: datetime,
    locale: str,
    watch: Watch = unwatched,
) -> Preview:
    lexicon, many = lexicon_of(locale), len(firms) > MOST_TOGETHER
    gallery = Gallery(title, lexicon.say(moment(at)), (), is_list=many)
    texts = chain(
        [(INDEX, gallery_index(_of_all(gallery, firms, personas, lexicon), lexicon))],
        (text for each in watch(firms) for text in _of_one(gallery, each, personas, lexicon)),
    )
    names = (name for each in firms for name in _names(each, personas, alone=many))
    return Preview((INDEX, *names), ((name, text.encode()) for name, text in texts))


def _names(case: Situation, personas: Sequence[Persona], *, alone: bool) -> Iterator[str]:
    if alone:
        yield as_on_windows(f"{case.firm}/{INDEX}")
    for persona, locale, place in variants(case, personas):
        yield _page_file(case, persona, locale, place)


def _of_all(
    gallery: Gallery, firms: Sequence[Situation], personas: Sequence[Persona], lexicon: Lexicon
) -> Gallery:
    shown = () if gallery.is_list else personas
    return replace(gallery, firms=tuple(_firm(each, shown, lexicon) for each in firms))


def _of_one(
    gallery: Gallery, case: Situation, personas: Sequence[Persona], lexicon: Lexicon
) -> Iterator[tuple[str, str]]:
    if gallery.is_list:
        firm = _firm(case, personas, lexicon, above=as_on_windows(f"{case.firm}/"))
        own = replace(gallery, firms=(firm,), is_list=False, is_of_one=True)
        yield as_on_windows(f"{case.firm}/{INDEX}"), gallery_index(own, lexicon)
    yield from ((as_on_windows(name), text) for name, text in pages(case, personas))


def _firm(case: Situation, personas: Sequence[Persona], lexicon: Lexicon, above: str = "") -> Firm:
    """`above` is the folder of the index, if it is not the uppermost."""
    return Firm(
        folder=as_on_windows(case.firm),
        name=case.settings[NAME] or case.firm,
        accent=case.settings[ACCENT_COLOR].lower(),
        locales=tuple(case.settings[LOCALES]),
        clients=tuple(_client(case, persona, lexicon, above) for persona in personas),
    )


def _client(case: Situation, persona: Persona, lexicon: Lexicon, above: str) -> SampleClient:
    return SampleClient(
        id=persona.id,
        title=localized(persona.title, lexicon.locale, "en")[0],
        client=persona.client,
        tags=tuple(sorted(persona.tags)),
        situation=situation(persona, case.facts.currency, lexicon),
        pages=tuple(
            PageLink(place, locale, _page_file(case, persona, locale, place).removeprefix(above))
            for _, locale, place in variants(case, (persona,))
        ),
    )


def _page_file(case: Situation, persona: Persona, locale: str, place: Place) -> str:
    return as_on_windows(page_href(case.firm, persona.id, locale, place))
