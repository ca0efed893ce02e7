"""Findings as GitLab's code quality report."""

from collections.abc import Sequence

from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSONObject
from portalsync.views.findings import fingerprints, gravest_first, told
from portalsync.views.format import Format
from portalsync.views.json_text import json_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render_gitlab(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    """A list of issues. Their fingerprints let GitLab tell new ones from those it knows."""
    ordered = gravest_first(diagnostics)
    marks = fingerprints(ordered)
    return json_text([_issue(each, mark, words) for each, mark in zip(ordered, marks, strict=True)])


def _issue(diagnostic: Diagnostic, fingerprint: str, words: Lexicon) -> JSONObject:
    return {
        "description": " ".join(told(diagnostic, words)),
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": diagnostic.position.file,
            "lines": {"begin": max(1, diagnostic.position.line)},
        },
    }


FORMAT = Format(
    name="gitlab",
    description="GitLab's code quality report.",
    findings=lambda findings, words, _screen: render_gitlab(findings, words),
    is_from_the_top=True,
)
