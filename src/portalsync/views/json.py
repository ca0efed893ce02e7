"""Results for programs: JSON with a `format_version`, described in `schemas/<name>.v1.schema.json`."""

import json
import re
from collections.abc import Sequence

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSONObject
from portalsync.views.visible import visible

FORMAT_VERSION = 1
_NOT_PLAIN = re.compile("[^\n -~]")


def diagnostics_json(diagnostics: Sequence[Diagnostic], words: Lexicon) -> str:
    """All findings, indented, with a final newline."""
    found = [_finding(each, words) for each in diagnostics]
    return json_text({"format_version": FORMAT_VERSION, "findings": found})


def json_text(body: object) -> str:
    """Indented JSON with a final newline. What is invisible in a text is escaped; its value is the same."""
    text = json.dumps(body, indent=2, ensure_ascii=False)
    return _NOT_PLAIN.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    char = match.group()
    return char if visible(char) == char else json.dumps(char)[1:-1]


def _finding(diagnostic: Diagnostic, words: Lexicon) -> JSONObject:
    place = diagnostic.location
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": words.say(diagnostic.message),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_column": place.column + place.length if place.line else 0,
        "expected": words.say(diagnostic.expected),
        "hint": words.say(diagnostic.hint),
        "path": diagnostic.path,
    }
