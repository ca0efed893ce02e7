"""Findings as a plan keeps them: said in every language, so that they read alike wherever it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.annotations import Doc, Matching

CODE = "[a-z0-9]+(-[a-z0-9]+)*"
"""The form of a finding's code."""


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """What is to be said about a firm's settings, and the line that it is about."""

    code: Annotated[str, Matching(CODE), Doc("Stable; `portalsync explain-error CODE` tells what it means.")]
    message: Annotated[Mapping[str, str], Doc("What is wrong, by language.")]
    hint: Annotated[Mapping[str, str], Doc("What to do, by language; may be empty.")]
    source: Annotated[str, Doc("The line that it is about, `file:line:column`; empty if there is none.")]
    before: Annotated[bool, Doc("Whether it was so before: the plan does not bring it about.")]

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> "PlanFinding":
        say = {locale: lexicon_of(locale).say for locale in LOCALES}
        return cls(
            diagnostic.code,
            {locale: say[locale](diagnostic.message) for locale in LOCALES},
            {locale: say[locale](diagnostic.hint) for locale in LOCALES},
            str(diagnostic.position),
            diagnostic.before,
        )


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """What a persona was promised and does not find any more, or finds and must not."""

    persona: Annotated[str, Doc("The persona's id.")]
    finding: PlanFinding


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why firms have no part in a plan."""

    finding: PlanFinding
    firms: Annotated[tuple[str, ...], Doc("The firms, by id.")]
