"""What is found is said in the reader's language: no sentence of it may stand in the code."""

from collections.abc import Iterable

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Text, lexicon_of


def only_english(found: Iterable[Diagnostic]) -> list[str]:
    """What a German reader would have to read in English."""
    return untranslated(text for each in found for text in (each.message, each.expected, each.hint))


def untranslated(texts: Iterable[Text]) -> list[str]:
    english, german = lexicon_of("en"), lexicon_of("de")
    return [english.say(text) for text in texts if text and german.say(text) == english.say(text)]
