"""Questions to whoever sits at the terminal. Ctrl-C and the end of the input interrupt the command."""

from collections.abc import Callable
from typing import TypeVar

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import tell
from portalsync.lexicon import Phrase, phrase

T = TypeVar("T")

_SAID = {"y": True, "yes": True, "j": True, "ja": True, "n": False, "no": False, "nein": False, "": False}
"""In every language whatever the question's: hands remember `y`, and `j`."""


def agreed(question: Phrase) -> bool:
    """Yes or no; who just presses Enter says no."""
    lexicon = spoken_lexicon()
    text = f"{lexicon.say(question)} [{lexicon('errors.told.yes-no')}]"
    while (said := _prompt(text).strip().lower()) not in _SAID:
        tell(phrase("errors.told.yes-or-no"))
    return _SAID[said]


def ask(question: Phrase, read: Callable[[str], T], default: str) -> T:
    """What `read` makes of the answer; asked again while it raises BadParameter."""
    while True:
        text = _prompt(spoken_lexicon().say(question), default)
        try:
            return read(text)
        except click.BadParameter as problem:
            tell(problem.message)


def _prompt(text: str, default: str = "") -> str:
    said: str = click.prompt(text, default=default, show_default=bool(default), err=True)
    return said
