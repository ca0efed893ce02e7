"""Valid values of every kind that the catalogue has. A kind that is not known here gives its examples."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from portalsync.catalog import FIELDS
from portalsync.catalog.conform import validator
from portalsync.catalog.kinds.audience import AudienceKind
from portalsync.catalog.kinds.basic import Choice, Switch, Text
from portalsync.catalog.kinds.image import Image
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.localized import Languages, LocalizedText
from portalsync.catalog.kinds.localized_link import LocalizedLink
from portalsync.catalog.kinds.moment import Moment
from portalsync.catalog.option import Field
from portalsync.catalog.statuses import HIDDEN
from portalsync.lexicon import LOCALES
from portalsync.model.json_value import JSON, JSONObject

IDS = ("alpha", "beta", "gamma-3")
"""Few, so that layers and facts speak of the same entries."""

TAGS = ("business", "individual", "landlord")
ASSETS = {
    "assets/logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "assets/other.png": b"\x89PNG\r\n\x1a\n other",
}

LINES = (
    "Tax office",
    "Straße",
    "<b>&amp;</b>",
    "x: {y} %s",
    "  in  ",
    "\u202eevil\u2066",
    "no",
    "**bold**",
    "\U0001f600 z\u0308",
)
_MARKDOWN = (
    "We are *back*.",
    "We are _back_.",
    "# Head\n\n- one\n- two",
    "one\ntwo",
    "one\ntwo\n",
    "[book](https://example.com/a?b=1&c=2) <script>",
)

LINKS = (
    "https://www.example.com/",
    "https://www.example.com/impressum",
    "https://other.example/a?b=1&c=%22#d",
)


@cache
def values(pattern: str) -> Sequence[JSON]:
    """Values that a layer may give to the field of a settings path's pattern."""
    field = FIELDS[pattern]
    assert isinstance(field, Field)
    several = next((make for of, make in _OF_KIND.items() if isinstance(field.kind, of)), _none)
    judge = validator(field.kind.schema())
    found = (*field.examples, *_OF_FIELD.get(pattern, several(field.kind)))
    return [value for value in found if judge.is_valid(value)]


def _none(_kind: Kind[Any]) -> Sequence[JSON]:
    return ()


def localized(texts: Sequence[str]) -> list[JSONObject]:
    english, german = "en", "de"
    alone: list[JSONObject] = [{german: texts[1]}]
    alone += [{english: text} for text in texts]
    both: list[JSONObject] = [{english: text, german: other} for text, other in pairwise(texts)]
    return [*alone, *both]


_OF_KIND: Mapping[type[Kind[Any]], Callable[[Any], Sequence[JSON]]] = {
    Switch: lambda _kind: (True, False),
    Choice: lambda kind: (*kind.values,),
    Languages: lambda _kind: ([*LOCALES], [*reversed(LOCALES)]),
    Text: lambda kind: (*LINES, *(_MARKDOWN if kind.lines > 1 else ())),
    LocalizedText: lambda kind: localized(_MARKDOWN if kind.markdown else LINES),
    LocalizedLink: lambda _kind: localized(LINKS),
    Image: lambda _kind: (*ASSETS,),
    AudienceKind: lambda _kind: (
        {"any": [TAGS[0]]},
        {"all": [TAGS[0]]},
        {"any": [*TAGS[:2]]},
        {"all": [*TAGS[:2]]},
        {"any": [TAGS[0]], "all": [TAGS[1]]},
    ),
    Moment: lambda _kind: ("2026-01-01", "2026-07-01", "2026-07-01T09:30", "2026-10-25T02:30", "2027-03-01"),
}

_OF_FIELD: Mapping[str, Sequence[JSON]] = {
    "profile.accent_color": ("#000000", "#ffff00"),
    "work_in_progress.pipelines.*.stages.*.show": (*IDS, HIDDEN),
    "work_in_progress.pipelines.*.job_statuses.*.show": (*IDS, HIDDEN),
}
