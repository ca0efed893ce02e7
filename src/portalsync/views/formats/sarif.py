"""Findings as SARIF 2.1.0, for code scanning and viewers."""

from collections.abc import Sequence
from urllib.parse import quote

from portalsync import __version__
from portalsync.diagnostics import Diagnostic, Position, gravest_first
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON, JSONObject
from portalsync.views.codes import explanations
from portalsync.views.format import Format
from portalsync.views.json_text import json_text
from portalsync.views.wording.findings import fingerprints, sentences

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(diagnostics: Sequence[Diagnostic], lexicon: Lexicon) -> str:
    """One run, with the rules of the codes that were found and what each of them means."""
    run = _run(gravest_first(diagnostics), lexicon)
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _run(found: Sequence[Diagnostic], lexicon: Lexicon) -> JSONObject:
    codes = sorted({each.code for each in found})
    return {
        "tool": {
            "driver": {
                "name": "portalsync",
                "version": __version__,
                "rules": [_rule(code, lexicon.locale) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [
            _result(each, codes.index(each.code), mark, lexicon)
            for each, mark in zip(found, fingerprints(found), strict=True)
        ],
    }


def _rule(code: str, locale: str) -> JSONObject:
    explained = explanations(locale)[code]
    return {
        "id": code,
        "shortDescription": {"text": explained.title},
        "fullDescription": {"text": explained.meaning},
        "help": {"text": f"{explained.meaning}\n\n{explained.remedy}"},
    }


def _result(diagnostic: Diagnostic, rule: int, fingerprint: str, lexicon: Lexicon) -> JSONObject:
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": str(diagnostic.severity),
        "message": {"text": _without_links("\n".join(sentences(diagnostic, lexicon)))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(diagnostic.position.file)},
                    "region": _region(diagnostic.position),
                }
            }
        ],
        "partialFingerprints": {"portalsync/v1": fingerprint},
    }


def _without_links(text: str) -> str:
    """Viewers make a link of `[text](target)`; no text of a firm is to become one."""
    return text.replace("](", "] (")


def _uri(file: str) -> str:
    """Relative as long as the path is."""
    path = quote(file.encode("utf-8", "surrogatepass"), safe="/")
    return f"file://{path}" if path.startswith("/") else path


def _region(position: Position) -> dict[str, JSON]:
    if not position.line:
        return {"startLine": 1}
    return {
        "startLine": position.line,
        "startColumn": position.column,
        "endColumn": position.column + position.length,
    }


FORMAT = Format(
    name="sarif",
    description="SARIF 2.1.0, for code scanning and for viewers.",
    findings=lambda findings, lexicon, _screen: render_sarif(findings, lexicon),
    is_from_the_top=True,
)
