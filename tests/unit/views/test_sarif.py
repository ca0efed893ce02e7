"""Findings as SARIF, held to the published schema."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft4Validator
from tests.unit.views.hostile import HOSTILE, all_hostile, carrying, sentence

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import lexicon_of
from portalsync.views.codes import explanations
from portalsync.views.formats.sarif import render_sarif

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"


@cache
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run(found: list[Diagnostic]) -> dict[str, Any]:
    """The only run of a file that the published schema accepts."""
    log = json.loads(render_sarif(found, lexicon_of("en")))
    assert [error.message for error in validator().iter_errors(log)] == []
    assert len(log["runs"]) == 1
    only: dict[str, Any] = log["runs"][0]
    return only


def test_the_schema_is_the_published_one_and_refuses() -> None:
    log = json.loads(render_sarif([carrying("x")], lexicon_of("en")))
    assert json.loads(SCHEMA.read_text(encoding="utf-8"))["id"] == log["$schema"]
    spoilt: list[dict[str, Any]] = [{"version": "2.2"}, {"runs": [{}]}, {"extra": 1}]
    for spoil in spoilt:
        assert not validator().is_valid({**log, **spoil})


def test_nothing_found() -> None:
    only = run([])
    assert only["results"] == []
    assert only["tool"]["driver"]["rules"] == []
    assert only["invocations"] == [{"executionSuccessful": True}]


def test_one_finding() -> None:
    position = Position("portal-config/firms/oak.yaml", 12, 13, 4, "    method: cash", 12)
    found = Diagnostic(
        "schema-enum", sentence("method cannot be cash."), position, Severity.WARNING, expected="card"
    )
    only = run([found])
    (result,) = only["results"]
    assert result["ruleId"] == only["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "schema-enum"
    assert result["level"] == "warning"
    assert result["message"]["text"] == "method cannot be cash.\nExpected: card"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "portal-config/firms/oak.yaml"},
        "region": {"startLine": 12, "startColumn": 13, "endColumn": 17},
    }


@pytest.mark.parametrize("code", explanations("en"))
def test_every_code_becomes_a_rule(code: str) -> None:
    (rule,) = run([Diagnostic(code, sentence("x"), Position("a.yaml"))])["tool"]["driver"]["rules"]
    explained = explanations("en")[code]
    assert rule["shortDescription"]["text"] == explained.title
    assert explained.remedy in rule["help"]["text"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile(text: str) -> None:
    """Valid, nothing invisible in the file, no link in a message, the file's name whole in the address."""
    output = render_sarif([carrying(text)], lexicon_of("en"))
    assert all(char.isprintable() or char in "\n\u200d" for char in output)
    (result,) = run([carrying(text)])["results"]
    assert "](" not in result["message"]["text"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert urlsplit(uri)[:2] == ("", "")
    assert unquote(uri, errors="surrogatepass") == f"portal-config/firms/{text}.yaml"


def test_all_hostile_at_once_errors_first() -> None:
    only = run(all_hostile())
    levels = [result["level"] for result in only["results"]]
    assert levels == sorted(levels)
    marks = [result["partialFingerprints"]["portalsync/v1"] for result in only["results"]]
    assert len({*marks}) == len(marks)
