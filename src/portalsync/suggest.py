"""Words that may have been meant, and those to choose from."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from heapq import nlargest
from typing import TYPE_CHECKING

from portalsync.lexicon import LOCALES, Text, phrase

if TYPE_CHECKING:
    import difflib

_AREAS = frozenset(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()  # noqa: SIM905 - reads
)
_OFFSET = re.compile(r"(?P<reversed>ETC/)?(?:UTC|GMT)?(?P<sign>[+-])0?(?P<hours>\d{1,2})(?::?00)?")
"""`Etc/GMT+1` is what others call UTC-1."""
_CITIES = {
    -10: "Pacific/Honolulu", -9: "America/Anchorage", -8: "America/Los_Angeles", -7: "America/Denver",
    -6: "America/Chicago", -5: "America/New_York", -4: "America/Halifax", -3: "America/Sao_Paulo",
    0: "Europe/London", 1: "Europe/Berlin", 2: "Europe/Athens", 3: "Europe/Istanbul", 4: "Asia/Dubai",
    5: "Asia/Karachi", 7: "Asia/Bangkok", 8: "Asia/Singapore", 9: "Asia/Tokyo", 10: "Australia/Sydney",
    12: "Pacific/Auckland",
}  # fmt: skip
"""A city for each number of hours that clocks are ahead of UTC in winter."""
_CLOCKS = {
    "Europe/Berlin": "CET CEST MEZ MESZ GERMANY DEUTSCHLAND",
    "Europe/Vienna": "AUSTRIA ÖSTERREICH",
    "Europe/Zurich": "SWITZERLAND SCHWEIZ",
    "Europe/London": "GMT BST WET UK",
    "Europe/Athens": "EET EEST OEZ OESZ",
    "America/New_York": "ET EST EDT EASTERN US/EASTERN EST5EDT",
    "America/Chicago": "CT CST CDT CENTRAL US/CENTRAL CST6CDT",
    "America/Denver": "MT MST MDT MOUNTAIN US/MOUNTAIN MST7MDT",
    "America/Los_Angeles": "PT PST PDT PACIFIC US/PACIFIC PST8PDT",
}
"""What clocks and countries are called, by a city there."""
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe"})
_NO_ACCENTS = dict.fromkeys(range(0x300, 0x370))
"""For text in which letters and accents stand apart."""
_LONGEST_ID = 64
_ALIKE = 0.65
_MOST_CANDIDATES = 20
"""Words that are compared letter by letter: of thousands that somebody made for it, each takes half a
millisecond.
"""


def one_of(words: Iterable[str]) -> Text:
    """`a`, or `one of a, b, c`."""
    known = [*words]
    if len(known) < 2:  # noqa: PLR2004 - a single one stands by itself
        return "".join(known)
    return phrase("problems.one_of", most=", ".join(known[:-1]), last=known[-1])


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """A hint for a misspelt word; empty when nothing is near."""
    return suggested(nearest(word, known))


def suggested(near: str) -> Text:
    """The same for a word that was found in another way."""
    return phrase("problems.did_you_mean", word=near) if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The word that is spelt most alike; empty when none is."""
    import difflib  # noqa: PLC0415 - most words are spelt right

    lower = {each.lower(): each for each in known}
    matcher = difflib.SequenceMatcher(b=word.lower())
    # What they may have in common at most costs little to know; what they have, far more.
    most = {each: _most_alike(matcher, each) for each in lower}
    candidates = nlargest(_MOST_CANDIDATES, most, key=most.__getitem__)
    near = difflib.get_close_matches(word.lower(), candidates, n=1, cutoff=_ALIKE)
    return lower[near[0]] if near else ""


def _most_alike(matcher: "difflib.SequenceMatcher[str]", word: str) -> float:
    """A bound from above: by the lengths where that is enough, else by the letters."""
    matcher.set_seq1(word)
    by_length = matcher.real_quick_ratio()
    return by_length if by_length < _ALIKE else matcher.quick_ratio()


def nearest_zone(name: str) -> str:
    """The time zone of a city that is meant: by its name in any language, by a misspelt one, by what clocks
    are called there (`MEZ`), by how far they are from UTC (`GMT+1`); empty when none is near.
    """
    if (known := _of_clocks(name)) or "+" in name:
        return known
    named, zones = _zones_by_city()
    city = name.rpartition("/")[2].lower().replace(" ", "_")
    return named.get(city.replace("_", " ")) or zones.get(nearest(city, zones), "")


def _of_clocks(name: str) -> str:
    plain = name.upper().replace(" ", "")
    if found := _OFFSET.fullmatch(plain):
        hours = int(found["sign"] + found["hours"])
        return _CITIES.get(-hours if found["reversed"] else hours, "")
    return next((zone for zone, names in _CLOCKS.items() if plain in names.split()), "")


@cache
def _zones_by_city() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Those of a continent or an ocean: by the city in all languages, and as it is spelt in the zone."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - most zones are right

    from portalsync.cldr import cldr_of  # noqa: PLC0415 - the same

    zones = [zone for zone in sorted(available_timezones()) if zone.partition("/")[0] in _AREAS]
    named = {city: zone for tag in LOCALES for city, zone in cldr_of(tag).cities().items() if zone in zones}
    return named, {zone.rpartition("/")[2].lower(): zone for zone in zones}


def plain_id(text: str) -> str:
    """The id that is nearest to a text: lower-case letters, digits and hyphens; empty if nothing is left."""
    spelt = unicodedata.normalize("NFC", text).lower().translate(_SPELT_OUT)
    plain = re.sub("[^a-z0-9]+", "-", unicodedata.normalize("NFD", spelt).translate(_NO_ACCENTS))
    return plain[:_LONGEST_ID].strip("-")
