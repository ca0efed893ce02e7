"""The documents of a review, packed for the viewer: each once, compressed, always the same bytes."""

import base64
import gzip
import re
from dataclasses import dataclass

from portalsync.catalog import DEFINITIONS, SECTIONS
from portalsync.catalog.naming import settings_name, settings_wording
from portalsync.catalog.profile import TIME_ZONE
from portalsync.lexicon import Lexicon
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON, JSONObject
from portalsync.moments import moment
from portalsync.preview.cards import cards_of
from portalsync.preview.review import Review
from portalsync.preview.variants import FirmCase, Pages
from portalsync.visible import visible_lines

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_DARK = "@media (prefers-color-scheme:dark)"
_SCHEMES = {"light": "@media not all", "dark": "@media all"}
STYLE_MARK = "<style></style>"
"""Stands in a packed document for the style that `styles` holds once."""


@dataclass(frozen=True)
class Packed:
    """`text` is what the viewer unpacks; `styles` are the styles that frames will ask for."""

    text: str
    styles: tuple[str, ...]


class Table:
    """Values in the order they were first asked for."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}

    def index(self, value: str) -> int:
        return self.values.setdefault(value, len(self.values))


def pack(review: Review, lexicon: Lexicon) -> Packed:
    """Gzip + base64 of the viewer's JSON (see docs/review-file.md for its shape)."""
    styles, documents, reasons = Table(), Table(), Table()
    cards = dict(enumerate(cards_of(review.variants, review.cards)))
    rows: list[JSON] = []
    for index in review.shown:
        variant = review.variants[index]
        ends = [documents.index(key) if key else -1 for key in (variant.before, variant.after)]
        rows.append([
            index,
            variant.firm,
            variant.persona,
            variant.locale,
            str(variant.place.surface),
            str(variant.place.page),
            variant.at.isoformat(),
            *ends,
            reasons.index(variant.reasons),
            str(variant.status),
            [*cards[index]],
            [[str(kind), block] for kind, block in variant.differences],
        ])  # fmt: skip
    packed = [_split(review.pages.html(key), styles) for key in documents.values]
    body: JSONObject = {
        "compares": any(case.before for case in review.cases),
        "variants": rows,
        "documents": [[style, html] for style, html in packed],
        "styles": [[*in_schemes(style)] for style in styles.values],
        "reasons": [_reasons(review.pages, key, lexicon) for key in reasons.values],
        "firms": {case.firm: _firm(case, lexicon) for case in review.cases},
        "left_out": [each.id for each in review.left_out],
        "moments": _moments(review, lexicon),
        "options": {each.key: lexicon(f"options.{each.key}.title") for each in DEFINITIONS},
        "personas": {
            each.id: {
                "title": visible_lines(each.title.get(lexicon.locale, each.id)),
                "client": visible_lines(each.client),
            }
            for each in review.personas
        },
    }
    text = base64.b64encode(gzip.compress(canonical(body), 9, mtime=0)).decode()
    return Packed(text, tuple(text for style in styles.values for text in in_schemes(style)))


def in_schemes(style: str) -> tuple[str, str]:
    """A page's style as it looks in light and in dark, whatever the reader's system prefers."""
    light, dark = (
        style.replace(_DARK, media).replace("color-scheme:light dark", f"color-scheme:{scheme}")
        for scheme, media in _SCHEMES.items()
    )
    return light, dark


def _split(html: str, styles: Table) -> tuple[int, str]:
    """The page's style, and the page without it and without its own policy: that of the file holds."""
    html = _POLICY.sub("", html, count=1)
    head, opening, rest = html.partition("<style>")
    style, closing, tail = rest.partition("</style>")
    return (styles.index(style), head + STYLE_MARK + tail) if opening and closing else (-1, html)


def _reasons(pages: Pages, key: str, lexicon: Lexicon) -> list[JSON]:
    """Every block that could stand on the page: key, option, label, why it does not, own title."""
    return [
        [
            block.key,
            block.option,
            visible_lines(block.label),
            lexicon(block.reason) if block.reason else "",
            visible_lines(block.content.title),
        ]
        for block in pages.reasons[key].blocks
    ]


def _moments(review: Review, lexicon: Lexicon) -> JSONObject:
    """By time zone and instant: what the clocks of its firms say then."""
    found: dict[str, dict[str, JSON]] = {}
    for variant in (review.variants[index] for index in review.shown):
        zone = review.zones[variant.firm]
        known = found.setdefault(zone, {})
        if (at := variant.at.isoformat()) not in known:
            known[at] = lexicon.say(moment(variant.at, zone))
    return {zone: {**known} for zone, known in found.items()}


def _firm(case: FirmCase, lexicon: Lexicon) -> JSONObject:
    return {
        "name": visible_lines(case.name),
        "zone": case.after.settings[TIME_ZONE],
        "settings": _settings(case, lexicon),
    }


def _settings(case: FirmCase, lexicon: Lexicon) -> JSONObject:
    """By option: name, value, layer and place of every setting that a file makes."""
    if case.desired is None:
        return {}
    found: dict[str, JSON] = {}
    for section in SECTIONS:
        rows: list[JSON] = [
            [
                settings_name(path, lexicon),
                visible_lines(settings_wording(path, resolved.value, lexicon)),
                resolved.layer,
                f"{resolved.position.file}:{resolved.position.line}",
            ]
            for path, resolved in case.desired.values.items()
            if path.startswith(f"{section.key}.")
        ]
        if rows:
            found[section.key] = rows
    return found
