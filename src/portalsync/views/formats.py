"""Which formats there are for which kind of result."""

from collections.abc import Callable, Sequence

from portalsync.diagnostics import Diagnostic

REPORTS = ("text", "markdown", "json")
"""Of plans and receipts."""
FINDINGS = ("text", "json", "github", "sarif", "junit", "gitlab")
"""Of what is wrong with a configuration."""
FROM_THE_TOP = frozenset({"github", "sarif", "junit", "gitlab"})
"""Formats whose readers look for files from the top of the repository."""


def render_findings(diagnostics: Sequence[Diagnostic], form: str) -> str:
    """All findings in one of the formats, without colour."""
    return _RENDERERS[form](diagnostics)


def _text(diagnostics: Sequence[Diagnostic]) -> str:
    from portalsync.views.problems import render_problems

    return render_problems(diagnostics, color=False) if diagnostics else "No findings.\n"


def _json(diagnostics: Sequence[Diagnostic]) -> str:
    from portalsync.views.json import diagnostics_json

    return diagnostics_json(diagnostics)


def _github(diagnostics: Sequence[Diagnostic]) -> str:
    from portalsync.views.github import render_github

    return render_github(diagnostics)


def _sarif(diagnostics: Sequence[Diagnostic]) -> str:
    from portalsync.views.sarif import render_sarif

    return render_sarif(diagnostics)


def _junit(diagnostics: Sequence[Diagnostic]) -> str:
    from portalsync.views.junit import render_junit

    return render_junit(diagnostics)


def _gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    from portalsync.views.gitlab import render_gitlab

    return render_gitlab(diagnostics)


_RENDERERS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
    "junit": _junit,
    "gitlab": _gitlab,
}
