"""Questions to whoever sits at the terminal. Ctrl-C and the end of the input interrupt the command."""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeVar

import click

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import tell
from portalsync.cli.signals import each_is_heard
from portalsync.cli.usage import WrongUse
from portalsync.lexicon import LOCALES, Phrase, lexicon_of, phrase

T = TypeVar("T")


def agreed(question: Phrase, otherwise: Phrase) -> bool:
    """Yes or no; who just presses Enter says no. WrongUse where nobody can answer, with what to do
    `otherwise`.
    """
    if not sys.stdin.isatty():
        raise WrongUse(phrase("help.usage.nobody-answers.message"), otherwise)
    lexicon = spoken_lexicon()
    text = f"{lexicon.say(question)} [{lexicon('told.yes-no')}]"
    while (said := _prompt(text).strip().lower()) not in _answers():
        tell(phrase("told.yes-or-no"))
    return _answers()[said]


@cache
def _answers() -> Mapping[str, bool]:
    """In every language whatever the question's: hands remember `y`, and `j`."""
    yes = {word: True for locale in LOCALES for word in lexicon_of(locale)("told.typed-yes").split()}
    no = {word: False for locale in LOCALES for word in lexicon_of(locale)("told.typed-no").split()}
    return {**yes, **no, "": False}


def choose(question: Phrase, choices: Mapping[str, str], again: Phrase) -> str:
    """One of the choices, as it is called itself. Each has the key under which every language has the words
    that stand for it, the first of which is shown; nothing is chosen by just pressing Enter.
    """
    lexicon = spoken_lexicon()
    text = f"{lexicon.say(question)} [{'/'.join(lexicon(key).split()[0] for key in choices.values())}]"
    meant = {
        word: name
        for name, key in choices.items()
        for locale in LOCALES
        for word in lexicon_of(locale)(key).split()
    }
    while (said := _prompt(text).strip().lower()) not in meant:
        tell(again)
    return meant[said]


def ask(question: Phrase, read: Callable[[str], T], default: str) -> T:
    """What `read` makes of the answer; asked again while it raises BadParameter."""
    while True:
        text = _prompt(spoken_lexicon().say(question), default)
        try:
            return read(text)
        except click.BadParameter as problem:
            tell(problem.message)


def _prompt(text: str, default: str = "") -> str:
    with each_is_heard():
        said: str = click.prompt(text, default=default, show_default=bool(default), err=True)
    return said
