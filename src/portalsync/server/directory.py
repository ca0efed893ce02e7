"""The way in for reviewers: which firms there are, and through whose eyes they can be looked at."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from portalsync.catalog.kinds.localized import LOCALE_NAMES
from portalsync.catalog.profile import LOCALES, NAME
from portalsync.model.page import PLACES
from portalsync.model.settings import scope
from portalsync.portal.links import page_file
from portalsync.resources import folder
from portalsync.server.store import LiveFirm
from portalsync.visible import visible_lines
from portalsync.wire import MOST_IN_PAGE

FILES = [(page_file(place), f"{place.surface} {place.page}") for place in PLACES]


def firms_page(firms: Sequence[LiveFirm]) -> str:
    """The list of firms. One more than fits means that there is another page."""
    shown = [{"id": live.firm, "name": _name(live)} for live in firms[:MOST_IN_PAGE]]
    after = shown[-1]["id"] if len(firms) > MOST_IN_PAGE else ""
    return _template().render(firms=shown, after=after, firm=None)


def firm_page(live: LiveFirm, clients: Sequence[Mapping[str, Any]]) -> str:
    return _template().render(
        firm={"name": _name(live), "generation": live.generation},
        clients=clients,
        locales=[(locale, LOCALE_NAMES[locale]) for locale in scope(live.settings)[LOCALES]],
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
