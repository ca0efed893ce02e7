"""Results for programs: JSON with a `format_version`, described in `schemas/<name>.v1.schema.json`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import Lexicon, Text
from portalsync.model.annotations import VERSION_DOC, Count, Doc, Matching, NotEmpty
from portalsync.model.codec import encode
from portalsync.model.finding import CODE
from portalsync.views.format import Format
from portalsync.views.json_text import json_text


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where."""

    code: Annotated[
        str,
        Matching(CODE),
        Doc("Stable; `portalsync explain-error CODE` tells what it means."),
    ]
    severity: Severity
    message: Annotated[Text, NotEmpty(), Doc("What is wrong, in one sentence.")]
    file: Annotated[str, Doc("The file, as seen from where the command ran.")]
    line: Annotated[Count, Doc("From 1; 0 if the finding is about the whole file.")]
    column: Annotated[Count, Doc("In characters, from 1; 0 if the finding is about the whole file.")]
    end_column: Annotated[
        Count, Doc("The column behind the last character; 0 if the finding is about the whole file.")
    ]
    expected: Annotated[Text, Doc("What was expected there; may be empty.")]
    hint: Annotated[Text, Doc("What to do; may be empty.")]
    path: Annotated[
        str, Doc("The dotted path of the value in its file or in a firm's settings; may be empty.")
    ]
    firms: Annotated[
        tuple[str, ...], Doc("The firms in which it is wrong, by id, if the file is one that firms share.")
    ]
    number: Annotated[
        Count,
        Doc("How many findings it is: 1, or for `more-findings` those that are not listed."),
    ]


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings about the files of a configuration, in the order of files and lines."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    findings: tuple[Finding, ...]


def diagnostics_json(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    """All findings, indented, with a final newline."""
    return json_text(encode(Findings(tuple(map(_finding, diagnostics))), lexicon.say))


def _finding(diagnostic: Diagnostic) -> Finding:
    position = diagnostic.position
    return Finding(
        code=diagnostic.code,
        severity=diagnostic.severity,
        message=diagnostic.message,
        file=position.file,
        line=position.line,
        column=position.column,
        end_column=position.column + position.length if position.line else 0,
        expected=diagnostic.expected,
        hint=diagnostic.hint,
        path=diagnostic.path,
        firms=diagnostic.firms,
        number=diagnostic.number,
    )


FORMAT = Format(
    name="json",
    description="JSON for other programs, as its schemas describe it.",
    findings=lambda findings, lexicon, _screen: diagnostics_json(findings, lexicon),
    results=lambda result, _lexicon, _screen: (piece.decode() for piece in result.body()),
    checks=lambda checked, lexicon, _screen: (json_text(encode(checked, lexicon.say)),),
)
