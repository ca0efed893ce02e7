"""The way in for reviewers: which firms there are, and through whose eyes they can be looked at."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from portalsync.catalog.profile import LOCALES, NAME
from portalsync.lexicon import Foreign, lexicon_of, phrase
from portalsync.model.page import PLACES
from portalsync.model.settings import scope
from portalsync.portal.links import page_file
from portalsync.resources import folder
from portalsync.server.rows import LiveFirm
from portalsync.visible import visible_lines
from portalsync.wire import MOST_IN_PAGE

_ENGLISH = lexicon_of("en")
"""Who reviews a reference portal is one of us."""
FILES = [(page_file(place), f"{place.surface} {place.page}") for place in PLACES]


def firms_page(firms: Sequence[LiveFirm]) -> str:
    """The list of firms. One more than fits means that there is another page."""
    shown = [{"id": live.firm, "name": _name(live)} for live in firms[:MOST_IN_PAGE]]
    after = shown[-1]["id"] if len(firms) > MOST_IN_PAGE else ""
    return _template().render(t=_ENGLISH, firms=shown, after=after, firm=None)


def firm_page(live: LiveFirm, clients: Sequence[Mapping[str, Any]]) -> str:
    generation, instant = str(live.generation), Foreign("?at=2026-12-24T08:00:00Z")
    return _template().render(
        t=_ENGLISH,
        firm={"name": _name(live)},
        now=_ENGLISH.spans(phrase("directory.now", generation=generation, at=instant)),
        clients=clients,
        locales=[(locale, _ENGLISH.language(locale)) for locale in scope(live.settings)[LOCALES]],
        files=FILES,
    )


def _name(live: LiveFirm) -> str:
    return scope(live.settings)[NAME] or live.firm


@cache
def policy() -> str:
    """What these pages may do; their one style is allowed by its digest."""
    page = firms_page(())
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
