"""Findings as GitLab's code quality report."""

from collections.abc import Sequence

from portalsync.diagnostics import Diagnostic, Severity
from portalsync.model.json_value import JSONObject
from portalsync.views.findings import fingerprints, gravest_first, told
from portalsync.views.json import json_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render_gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of issues. Their fingerprints let GitLab tell new ones from those it knows."""
    ordered = gravest_first(diagnostics)
    return json_text([_issue(each, mark) for each, mark in zip(ordered, fingerprints(ordered), strict=True)])


def _issue(diagnostic: Diagnostic, fingerprint: str) -> JSONObject:
    return {
        "description": " ".join(told(diagnostic)),
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": diagnostic.location.file,
            "lines": {"begin": max(1, diagnostic.location.line)},
        },
    }
