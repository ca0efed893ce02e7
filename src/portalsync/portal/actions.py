"""Where a click on an option's link or button leads.

An option that is not named here gets a button and a plain icon; it needs no entry.
"""

from portalsync.model.page import (
    WEB_CHATS,
    WEB_DOCUMENTS,
    WEB_HOME,
    WEB_INVOICES,
    WEB_ORGANIZERS,
    Place,
    Placed,
    Surface,
)

MENU = (WEB_HOME, WEB_DOCUMENTS, WEB_CHATS, WEB_ORGANIZERS, WEB_INVOICES)

_PAGES = {
    "prepayments": WEB_INVOICES,
    "done_uploading": WEB_DOCUMENTS,
    "chat": WEB_CHATS,
    "organizers": WEB_ORGANIZERS,
}
_TODO_PAGES = {
    "billing": WEB_INVOICES,
    "documents": WEB_DOCUMENTS,
    "chats": WEB_CHATS,
    "organizers": WEB_ORGANIZERS,
}
_ICONS = {
    "prepayments": "card",
    "done_uploading": "check",
    "appointments": "calendar",
    "chat": "chats",
    "organizers": "organizers",
}
PLAIN_ICON = "arrow"


def page_file(place: Place) -> str:
    """The name of a page's file; links between pages are these names."""
    return f"{place.surface}-{place.page}.html"


def page_href(firm: str, persona: str, locale: str, place: Place) -> str:
    """Where a page lies below the index of a preview, and below `/portal/` on the live portal."""
    return f"{firm}/{persona}/{locale}/{page_file(place)}"


def target(block: Placed, place: Place) -> str:
    """The page on which an option's action happens; empty where it is not another page."""
    return _other(_PAGES.get(block.option), place)


def todo_target(group: str, place: Place) -> str:
    return _other(_TODO_PAGES.get(group), place)


def icon(block: Placed) -> str:
    return _ICONS.get(block.option, PLAIN_ICON)


def _other(page: Place | None, place: Place) -> str:
    if page is None or page == place or place.surface is not Surface.WEB:
        return ""
    return page_file(page)
