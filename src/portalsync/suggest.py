"""Words that may have been meant, and those to choose from."""

from collections.abc import Iterable

from portalsync.lexicon import Text, phrase


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
    near = difflib.get_close_matches(word.lower(), [*lower], n=1, cutoff=0.65)
    return lower[near[0]] if near else ""


def nearest_zone(name: str) -> str:
    """The time zone that is meant by the name of a city, or by a misspelt one; empty when none is near."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - most zones are, too

    zones = {zone.rpartition("/")[2]: zone for zone in sorted(available_timezones()) if "/" in zone}
    return zones.get(nearest(name.rpartition("/")[2], zones), "")
