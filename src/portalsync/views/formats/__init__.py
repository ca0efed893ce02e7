"""Which formats there are for which kind of result."""

from collections.abc import Callable, Sequence

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Lexicon, lexicon

REPORTS = ("text", "markdown", "json")
"""Of plans and receipts."""
FINDINGS = ("text", "json", "github", "sarif", "junit", "gitlab")
"""Of what is wrong with a configuration."""
FROM_THE_TOP = frozenset({"github", "sarif", "junit", "gitlab"})
"""Formats whose readers look for files from the top of the repository."""


def render_findings(diagnostics: Sequence[Diagnostic], form: str, locale: str) -> str:
    """All findings in one of the formats and one language, without colour."""
    return _RENDERERS[form](diagnostics, lexicon(locale))


def _text(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    from portalsync.views.problems import render_problems

    return render_problems(diagnostics, words, color=False) if diagnostics else f"{words('problems.none')}\n"


def _json(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    from portalsync.views.formats.json import diagnostics_json

    return diagnostics_json(diagnostics, words)


def _github(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    from portalsync.views.formats.github import render_github

    return render_github(diagnostics, words)


def _sarif(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    from portalsync.views.formats.sarif import render_sarif

    return render_sarif(diagnostics, words)


def _junit(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    from portalsync.views.formats.junit import render_junit

    return render_junit(diagnostics, words)


def _gitlab(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    from portalsync.views.formats.gitlab import render_gitlab

    return render_gitlab(diagnostics, words)


_RENDERERS: dict[str, Callable[[Sequence[Diagnostic], Lexicon], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
    "junit": _junit,
    "gitlab": _gitlab,
}
