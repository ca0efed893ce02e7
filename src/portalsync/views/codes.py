"""What the codes of findings mean. `words/<locale>/codes.toml` is the one place that every code is in."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

from portalsync.lexicon import Lexicon
from portalsync.resources import words_file
from portalsync.visible import visible

_EXAMPLES = "en"
"""The language whose words hold the examples; another has its own only where they are no YAML."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code for people who hardly know YAML. The examples stand in `file`; without it they are no YAML."""

    code: str
    meaning: str
    remedy: str
    wrong: str
    right: str
    file: str

    @property
    def title(self) -> str:
        """The meaning's first sentence, which can stand alone."""
        return self.meaning.partition(". ")[0].removesuffix(".") + "."


@cache
def explanations(locale: str) -> Mapping[str, Explanation]:
    """Every code with its explanation, in alphabetical order."""
    told, examples = _codes(locale), _codes(_EXAMPLES)
    return {code: Explanation(code, **{"file": "", **examples[code], **told[code]}) for code in sorted(told)}


def _codes(locale: str) -> Mapping[str, Any]:
    return tomllib.loads(words_file(locale, "codes"))


def render_explanation(code: str, lexicon: Lexicon, width: int) -> str:
    """What a code means, the wrong lines, the right ones, what to do; sentences in `width` columns."""
    each = explanations(lexicon.locale)[code]
    place = f", {each.file}" if each.file else ""
    parts = (
        (code, wrap(each.meaning, width)),
        (f"{lexicon('problems.wrong')}{place}", _example(each.wrong)),
        (f"{lexicon('problems.right')}{place}", _example(each.right)),
        (lexicon("problems.remedy"), wrap(each.remedy, width)),
    )
    return "\n\n".join("\n".join((f"{title}:", *lines)) for title, lines in parts) + "\n"


def _example(text: str) -> Iterator[str]:
    """The lines as they are; a tab and what is invisible can be seen."""
    for line in text.strip("\n").split("\n"):
        tabs = line.replace("\t", "→")
        yield f"    {visible(tabs)}"


def render_codes(locale: str) -> str:
    """All codes, each with what it means in one sentence."""
    known = explanations(locale)
    width = max(map(len, known))
    return "".join(f"{code:{width}}  {each.title}\n" for code, each in known.items())
