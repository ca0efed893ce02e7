"""The language in which commands talk to people. Whatever says it first decides: `--lang`, `PORTALSYNC_LANG`,
`language` in the configuration, the machine (decision 0108). English where none of them names one we speak.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from itertools import pairwise
from pathlib import Path

from portalsync.cli.nearest import nearest_config
from portalsync.files import AS_IT_IS, read_at_most
from portalsync.lexicon import LOCALES, Lexicon, lexicon_of

VARIABLE = "PORTALSYNC_LANG"
CONFIG = "PORTALSYNC_CONFIG"
_LARGEST = 1024 * 1024
_LINE = re.compile(rb"""^language[ \t]*:[ \t]+["']?([A-Za-z-]+)["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_spoken: ContextVar[str] = ContextVar("language", default=LOCALES[0])


def speak(language: str | None) -> None:
    """From now on in this language, if portalsync speaks it."""
    _spoken.set(language if language in LOCALES else LOCALES[0])


def speak_as_asked(arguments: Sequence[str]) -> None:
    """Before the line is read: what is wrong with it, and its --help, are said in this language, wherever
    --lang stands.
    """
    speak(next((each for each in _named(arguments) if each in LOCALES), None))


def _named(arguments: Sequence[str]) -> Iterator[str]:
    yield from _values(arguments, "--lang")
    yield os.environ.get(VARIABLE, "")
    named = next(_values(arguments, "--config"), "") or os.environ.get(CONFIG)
    yield language_of_config(Path(named) if named else nearest_config())
    yield from languages_of_machine(os.environ)


def _values(arguments: Sequence[str], option: str) -> Iterator[str]:
    for argument, following in pairwise([*arguments, ""]):
        name, sign, value = argument.partition("=")
        if name == option:
            yield value if sign else following


def language_of_config(root: Path) -> str:
    """What `portalsync.yaml` says, or nothing. Its line is looked for, and the file not read as YAML: what is
    wrong with the file is said in that language too, and `--help` does not wait for YAML.
    """
    try:
        content = read_at_most(os.path.realpath(root / "portalsync.yaml"), _LARGEST, AS_IT_IS)
    except (OSError, ValueError):
        return ""
    line = _LINE.search(content or b"")
    return line[1].decode() if line else ""


def languages_of_machine(variables: Mapping[str, str]) -> Iterator[str]:
    """The best first, as gettext reads the variables of POSIX: the first of LC_ALL, LC_MESSAGES and LANG that
    is not empty; LANGUAGE goes before it, unless it is C or POSIX, the language of programs.
    """
    named = (variables.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, named), "C")
    if _tag(locale) in ("c", "posix"):
        return
    for each in (*variables.get("LANGUAGE", "").split(":"), locale):
        tag = _tag(each)
        yield from (spoken for spoken in LOCALES if spoken.lower() in (tag, tag.partition("-")[0]))


def _tag(locale: str) -> str:
    """`de_AT.UTF-8@euro` -> `de-at`."""
    return re.split("[.@]", locale, maxsplit=1)[0].replace("_", "-").lower()


def spoken() -> str:
    return _spoken.get()


def spoken_lexicon() -> Lexicon:
    return lexicon_of(spoken())
