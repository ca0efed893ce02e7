"""Where links inside a portal lead: between its pages, and from an option's quick link or button."""

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.standing import TODO_PAGES
from portalsync.model.page import PageName, Place, Placed, Surface

MENU = {
    surface: tuple(Place(surface, page) for page in PageName if page is not PageName.LOGIN)
    for surface in Surface
}

_DEFINITIONS = {each.key: each for each in DEFINITIONS}


def page_file(place: Place) -> str:
    """The name of a page's file; links between pages are these names."""
    return f"{place.surface}-{place.page}.html"


def page_href(firm: str, persona: str, locale: str, place: Place) -> str:
    """Where a page lies below the index of a preview, and below `/portal/` on the live portal."""
    return f"{firm}/{persona}/{locale}/{page_file(place)}"


def target(block: Placed, place: Place) -> str:
    """The page on which an option's action happens; empty where it is not another page."""
    return _other(_DEFINITIONS[block.option].leads_to, place)


def todo_target(group: str, place: Place) -> str:
    return _other(TODO_PAGES.get(group), place)


def icon(block: Placed) -> str:
    return _DEFINITIONS[block.option].icon


def _other(page: PageName | None, place: Place) -> str:
    return "" if page is None or page is place.page else page_file(Place(place.surface, page))
