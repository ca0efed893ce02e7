"""Results for programs: JSON with a `format_version`."""

import json
from collections.abc import Sequence

from portalsync.diagnostics import Diagnostic
from portalsync.model.json_value import JSONObject


def diagnostics_json(diagnostics: Sequence[Diagnostic]) -> str:
    """All findings, indented, with a final newline."""
    body = {"format_version": 1, "findings": [_finding(each) for each in diagnostics]}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _finding(diagnostic: Diagnostic) -> JSONObject:
    place = diagnostic.location
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "expected": diagnostic.expected,
        "hint": diagnostic.hint,
        "path": diagnostic.path,
    }
