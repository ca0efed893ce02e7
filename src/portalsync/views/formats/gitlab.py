"""Findings as GitLab's code quality report."""

from collections.abc import Sequence

from portalsync.diagnostics import Diagnostic, Severity, gravest_first
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSONObject
from portalsync.views.format import Format
from portalsync.views.json_text import json_text
from portalsync.views.wording.findings import fingerprints, sentences

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render_gitlab(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    """A list of issues. Their fingerprints let GitLab tell new ones from those it knows."""
    ordered = gravest_first(diagnostics)
    marks = fingerprints(ordered)
    return json_text([_issue(each, mark, lexicon) for each, mark in zip(ordered, marks, strict=True)])


def _issue(diagnostic: Diagnostic, fingerprint: str, lexicon: Lexicon) -> JSONObject:
    return {
        "description": " ".join(sentences(diagnostic, lexicon)),
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
    findings=lambda findings, lexicon, _screen: render_gitlab(findings, lexicon),
    is_from_the_top=True,
)
