"""The areas of each page, in the order in which clients read them."""

from portalsync.model.page import PageName, Place, Surface

_HOME = {
    Surface.WEB: ("welcome", "todo_list", "banner", "quick_link", "credit", "section", "contact"),
    Surface.MOBILE: ("banner", "welcome", "todo_list", "quick_link", "credit", "section", "contact"),
}
"""On the phone announcements come first: they would be far down."""

_REST = {
    PageName.DOCUMENTS: ("button", "records", "checkbox"),
    PageName.LOGIN: ("notice",),
}
_RECORDS = ("button", "records")


def areas(place: Place) -> tuple[str, ...]:
    """Names of areas, top to bottom; a block stands in the one of its `area`."""
    home = place.page is PageName.HOME
    own = _HOME[place.surface] if home else _REST.get(place.page, _RECORDS)
    return ("brand", *own, "footer")
