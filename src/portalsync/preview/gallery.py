"""The index of the previews: who sees what, where, in which language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from markupsafe import Markup

from portalsync.cldr import cldr_of
from portalsync.lexicon import Lexicon, lexicon_of
from portalsync.model.page import Place, Surface
from portalsync.model.persona import Persona
from portalsync.portal import templates

LANGUAGE = "en"
SURFACES = (Surface.MOBILE, Surface.WEB)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the gallery; `href` is relative to the index."""

    place: Place
    locale: str
    href: str


@dataclass(frozen=True, slots=True)
class SampleClient:
    """A persona with its pages. `situation` says in one line what makes it worth a look."""

    id: str
    title: str
    client: str
    tags: tuple[str, ...]
    situation: str
    pages: tuple[PageLink, ...]

    @property
    def locales(self) -> Sequence[str]:
        """The languages of the pages; the client's own may be none of the firm's."""
        return list(dict.fromkeys(page.locale for page in self.pages))

    def on(self, surface: Surface, locale: str) -> Sequence[PageLink]:
        return [page for page in self.pages if (page.place.surface, page.locale) == (surface, locale)]


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm with its sample clients; `accent` as `#rrggbb` in lower case. In a list, without them."""

    folder: str
    name: str
    accent: str
    locales: tuple[str, ...]
    clients: tuple[SampleClient, ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """`at` is the instant that the pages show, in words. Many firms are a list, and have galleries of
    their own, each in the firm's folder.
    """

    title: str
    at: str
    firms: tuple[Firm, ...]
    is_list: bool = False
    is_of_one: bool = False

    @property
    def locales(self) -> Sequence[str]:
        clients = (client for firm in self.firms for client in firm.clients)
        return sorted({locale for client in clients for locale in client.locales})


def situation(persona: Persona, currency: str, lexicon: Lexicon) -> str:
    """One line about a persona: what is open, what is under way."""
    counts = {
        "todos": len(persona.todos),
        "jobs": len(persona.jobs),
        "unpaid": sum(not invoice.paid for invoice in persona.invoices),
    }
    told = [lexicon.count(f"gallery.situation.{name}", count) for name, count in counts.items() if count]
    if persona.credit:
        credit = cldr_of(lexicon.locale).amount(persona.credit, currency)
        told.append(lexicon("gallery.situation.credit", amount=credit))
    return ", ".join(told) or lexicon("gallery.situation.nothing")


def gallery_index(gallery: Gallery, lexicon: Lexicon | None = None) -> str:
    """The HTML of the index; `lexicon` is that of its reader."""
    t = lexicon or lexicon_of(LANGUAGE)
    template, locales = templates.environment().get_template(templates.GALLERY), tuple(gallery.locales)
    article = partial(_article, t.locale, locales)
    html = template.render(gallery=gallery, t=t, surfaces=SURFACES, locales=locales, article=article)
    return templates.printable(html)


@lru_cache(maxsize=128)
def _article(locale: str, locales: Sequence[str], client: SampleClient) -> Markup:
    """A sample client with its pages, which in the galleries of many firms reads the same."""
    template = templates.environment().get_template(templates.GALLERY_CLIENT)
    html = template.render(client=client, t=lexicon_of(locale), surfaces=SURFACES, locales=locales)
    return templates.trusted(html)
