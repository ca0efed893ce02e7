"""The language in which commands talk to people."""

import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from itertools import pairwise

from portalsync.lexicon import LOCALES, Lexicon, lexicon_of

VARIABLE = "PORTALSYNC_LANG"
_spoken: ContextVar[str] = ContextVar("language", default=LOCALES[0])


def speak(language: str | None) -> None:
    """From now on in this language, if portalsync speaks it."""
    _spoken.set(language if language in LOCALES else LOCALES[0])


def speak_as_asked(arguments: Sequence[str]) -> None:
    """In the language that the line or the variable names, before the line is read: what is wrong with it,
    and its --help, are said in this language, wherever --lang stands.
    """
    named = (value for pair in pairwise([*arguments, ""]) for value in _language_in(*pair))
    speak(next(named, os.environ.get(VARIABLE)))


def _language_in(argument: str, following: str) -> Iterator[str]:
    name, sign, value = argument.partition("=")
    if name == "--lang":
        yield value if sign else following


def spoken() -> str:
    return _spoken.get()


def spoken_lexicon() -> Lexicon:
    return lexicon_of(spoken())
