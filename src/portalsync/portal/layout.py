"""The areas of each page, in the order in which clients read them."""

from portalsync.model.page import (
    MOBILE_HOME,
    MOBILE_LOGIN,
    WEB_CHATS,
    WEB_DOCUMENTS,
    WEB_HOME,
    WEB_INVOICES,
    WEB_LOGIN,
    WEB_ORGANIZERS,
    Place,
)

_RECORDS_PAGE = ("brand", "button", "records")

_AREAS = {
    WEB_HOME: ("brand", "welcome", "todo_list", "banner", "quick_link", "credit", "section", "contact"),
    WEB_DOCUMENTS: ("brand", "button", "records", "checkbox"),
    WEB_CHATS: _RECORDS_PAGE,
    WEB_ORGANIZERS: _RECORDS_PAGE,
    WEB_INVOICES: _RECORDS_PAGE,
    WEB_LOGIN: ("brand", "notice"),
    MOBILE_HOME: ("brand", "banner", "welcome", "todo_list", "quick_link", "credit", "section", "contact"),
    MOBILE_LOGIN: ("brand", "notice"),
}


def areas(place: Place) -> tuple[str, ...]:
    """Names of areas, top to bottom; a block stands in the one of its `area`."""
    return _AREAS[place]
