"""The language in which commands talk to people."""

import os
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portalsync.lexicon import Lexicon

LANGUAGES = ("en", "de")
VARIABLE = "PORTALSYNC_LANG"
_spoken: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def speak(language: str | None) -> None:
    """From now on in this language, if portalsync speaks it."""
    _spoken.set(language if language in LANGUAGES else LANGUAGES[0])


def speak_as_asked() -> None:
    """In the language of the variable; a command with --lang may still change it."""
    speak(os.environ.get(VARIABLE))


def spoken() -> str:
    return _spoken.get()


def words() -> "Lexicon":
    from portalsync.lexicon import lexicon

    return lexicon(spoken())
