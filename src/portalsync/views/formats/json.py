"""Results for programs: JSON with a `format_version`, described in `schemas/<name>.v1.schema.json`."""

from collections.abc import Sequence

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSONObject
from portalsync.views.format import Format
from portalsync.views.json_text import json_text

FORMAT_VERSION = 1


def diagnostics_json(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    """All findings, indented, with a final newline."""
    found = [_finding(each, lexicon) for each in diagnostics]
    return json_text({"format_version": FORMAT_VERSION, "findings": found})


def _finding(diagnostic: Diagnostic, lexicon: Lexicon) -> JSONObject:
    position = diagnostic.position
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": lexicon.say(diagnostic.message),
        "file": position.file,
        "line": position.line,
        "column": position.column,
        "end_column": position.column + position.length if position.line else 0,
        "expected": lexicon.say(diagnostic.expected),
        "hint": lexicon.say(diagnostic.hint),
        "path": diagnostic.path,
    }


FORMAT = Format(
    name="json",
    description="JSON for other programs, as its schemas describe it.",
    findings=lambda findings, lexicon, _screen: diagnostics_json(findings, lexicon),
    results=lambda result, _lexicon, _screen: (piece.decode() for piece in result.body()),
)
