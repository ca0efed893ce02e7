"""What stands at the foot of every page: who is answerable for it, and what becomes of clients' data."""

from collections.abc import Iterator

from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.kinds.localized_link import LocalizedLink
from portalsync.catalog.option import Field
from portalsync.model.page import Content, Line, Situation, View

IMPRINT = Field(
    "profile.imprint",
    LocalizedLink(),
    default={},
    description="The page that says who is answerable for the portal, by language. At the foot of every "
    "page; where a language has none, the firm's first language's.",
    examples=(
        {"de": "https://www.example.com/impressum"},
        {"de": "https://www.example.com/impressum", "en": "https://www.example.com/en/imprint"},
    ),
    rejects=("https://www.example.com/", {"de": "www.example.com"}, {"en": "http://example.com"}, {}),
)

PRIVACY = Field(
    "profile.privacy",
    LocalizedLink(),
    default={},
    description="The page that says what becomes of clients' data, by language. At the foot of every "
    "page; where a language has none, the firm's first language's.",
    examples=({"de": "https://www.example.com/datenschutz", "en": "https://www.example.com/en/privacy"},),
    rejects=("https://www.example.com/", {"de": "javascript:alert(1)"}, {"fr": "https://example.com/"}, {}),
)

_LINKS = (IMPRINT, PRIVACY)

_EUROPEAN_UNION = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
BOUND = frozenset({*_EUROPEAN_UNION, "IS", "LI", "NO", "CH", "GB"})
"""Countries whose law asks for both: of the EEA, Switzerland, the United Kingdom. What the CLDR has on groups
of countries Babel leaves out.
"""


def links_at_the_foot(view: View, fallback: str) -> Content:
    """Those that the firm has, in the page's language, else in `fallback`."""
    pages = ((field.name, localized(view.settings[field], view.locale, fallback)[0]) for field in _LINKS)
    return Content(lines=tuple(Line(address, group=name) for name, address in pages if address))


def links_missing(case: Situation) -> Iterator[Field[object]]:
    """Those that the firm has in no language."""
    return (field for field in _LINKS if not case.settings[field])
