"""A firm's name -> its id: what its files are called."""

import re
import unicodedata

from portalsync.windows_names import DEVICES

_LONGEST = 50
_FALLBACK = "firm"
_SPELLED = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "å": "aa",
    "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i",
})  # fmt: skip
_TAKEN = {"all", *DEVICES}
"""`all` means every firm in promises; Windows cannot have files with the names of its devices."""


def firm_id(name: str) -> str:
    """Lower-case letters, digits and hyphens; umlauts are spelled out, other accents dropped."""
    spelled = unicodedata.normalize("NFC", name).lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    words = re.sub("[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    key = _shortened(words) or _FALLBACK
    return f"{key}-{_FALLBACK}" if key in _TAKEN else key


def _shortened(words: str) -> str:
    """Cut between two words where there are two."""
    if len(words) <= _LONGEST:
        return words
    whole = words[: _LONGEST + 1].rpartition("-")[0]
    return whole or words[:_LONGEST]
