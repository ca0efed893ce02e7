"""Findings as GitLab's code quality: the keys it needs, and fingerprints that stay."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.views.hostile import HOSTILE, all_hostile, carrying, sentence

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import lexicon_of
from portalsync.views.formats.gitlab import render_gitlab

POSITION = Position("firms/oak.yaml", 12, 13, 4, "    method: cash", 12)
FOUND = Diagnostic(
    "schema-enum", sentence("method cannot be cash."), POSITION, expected="card", path="options.method"
)


def issues(found: list[Diagnostic]) -> list[dict[str, Any]]:
    """The issues; each has what GitLab asks for and nothing of another sort."""
    read: list[dict[str, Any]] = json.loads(render_gitlab(found, lexicon_of("en")))
    for issue in read:
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith("./")
    marks = [issue["fingerprint"] for issue in read]
    assert len({*marks}) == len(marks)
    return read


def test_one_finding() -> None:
    (issue,) = issues([FOUND])
    del issue["fingerprint"]
    assert issue == {
        "description": "method cannot be cash. Expected: card",
        "check_name": "schema-enum",
        "severity": "major",
        "location": {"path": "firms/oak.yaml", "lines": {"begin": 12}},
    }


def test_nothing_found() -> None:
    assert issues([]) == []


def marks(found: list[Diagnostic]) -> list[str]:
    return [issue["fingerprint"] for issue in issues(found)]


def test_a_fingerprint_stays_when_lines_move() -> None:
    moved = replace(FOUND, position=replace(POSITION, line=99, column=1))
    assert marks([FOUND]) == marks([moved])


@pytest.mark.parametrize(
    "other",
    [
        replace(FOUND, code="schema-type"),
        replace(FOUND, path="options.provider"),
        replace(FOUND, position=replace(POSITION, file="firms/elm.yaml")),
        replace(FOUND, position=replace(POSITION, source="    method: cheque")),
    ],
)
def test_another_finding_has_another(other: Diagnostic) -> None:
    assert marks([FOUND]) != marks([other])


def test_twins_are_told_apart() -> None:
    assert len({*marks([FOUND, FOUND, replace(FOUND, severity=Severity.WARNING)])}) == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile(text: str) -> None:
    output = render_gitlab([carrying(text)], lexicon_of("en"))
    assert all(char.isprintable() or char in "\n\u200d" for char in output)
    (issue,) = issues([carrying(text)])
    assert issue["location"]["path"] == f"portal-config/firms/{text}.yaml"


def test_all_hostile_at_once() -> None:
    assert len(issues(all_hostile())) == len(all_hostile())
