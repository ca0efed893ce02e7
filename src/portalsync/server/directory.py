"""The way in for reviewers: which firms there are, and through whose eyes they can be looked at."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from portalsync.catalog.profile import LOCALES, NAME
from portalsync.lexicon import LOCALES as SPOKEN
from portalsync.lexicon import Foreign, Lexicon, lexicon_of, phrase
from portalsync.model.page import PLACES, Place
from portalsync.model.settings import scope
from portalsync.portal.links import page_file
from portalsync.resources import folder
from portalsync.server.rows import LiveFirm
from portalsync.visible import visible_lines
from portalsync.wire import MOST_IN_PAGE


def firms_page(firms: Sequence[LiveFirm], lexicon: Lexicon) -> str:
    """The list of firms, in the words of its reader. One more than fits means that there is another page."""
    shown = [{"id": live.firm, "name": _name(live)} for live in firms[:MOST_IN_PAGE]]
    after = shown[-1]["id"] if len(firms) > MOST_IN_PAGE else ""
    return _template().render(t=lexicon, firms=shown, after=after, firm=None)


def firm_page(live: LiveFirm, clients: Sequence[Mapping[str, Any]], lexicon: Lexicon) -> str:
    generation, instant = str(live.generation), Foreign("?at=2026-12-24T08:00:00Z")
    return _template().render(
        t=lexicon,
        firm={"name": _name(live)},
        now=lexicon.spans(phrase("directory.now", generation=generation, at=instant)),
        clients=clients,
        locales=[(locale, lexicon.language(locale)) for locale in scope(live.settings)[LOCALES]],
        files=[(page_file(place), _label(place, lexicon)) for place in PLACES],
    )


def _label(place: Place, lexicon: Lexicon) -> str:
    surface, page = lexicon(f"gallery.surfaces.{place.surface}"), lexicon(f"gallery.pages.{place.page}")
    return f"{surface}: {page}"


def _name(live: LiveFirm) -> str:
    return scope(live.settings)[NAME] or live.firm


@cache
def policy() -> str:
    """What these pages may do; their one style is allowed by its digest."""
    page = firms_page((), lexicon_of(SPOKEN[0]))
    style = page[page.index("<style>") + len("<style>") : page.index("</style>")]
    return (
        f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'; "
        "form-action 'none'; base-uri 'none'"
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(folder("templates") / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible_lines
    return environment.get_template("directory.html.j2")
