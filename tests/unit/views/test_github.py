"""Findings as GitHub's commands: what the runner makes of the lines, by its own rules."""

import re

import pytest
from tests.unit.views.hostile import HOSTILE, all_hostile, carrying, sentence

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import lexicon_of
from portalsync.views.formats.github import SHOWN, render_github


def obeyed(line: str) -> tuple[str, dict[str, str], str] | None:
    """Command, properties and text as GitHub's runner reads a line; None for a line that is no command."""
    trimmed = line.lstrip()
    end = trimmed.find("::", 2)
    if not trimmed.startswith("::") or end < 0:
        return None
    name, _, listed = trimmed[2:end].partition(" ")
    pairs = [pair.split("=", 1) for pair in listed.strip().split(",") if pair]
    properties = {key: _plain(value, ((":", "%3A"), (",", "%2C"))) for key, value in pairs}
    return name, properties, _plain(trimmed[end + 2 :], ())


def _plain(text: str, more: tuple[tuple[str, str], ...]) -> str:
    for char, escape in (("\r", "%0D"), ("\n", "%0A"), *more, ("%", "%25")):
        text = text.replace(escape, char)
    return text


def finding(number: int, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(
        "schema-enum", sentence(f"Finding {number}."), Position("firms/oak.yaml", number, 1), severity
    )


def test_one_finding() -> None:
    position = Position("portal-config/firms/a, b: 5%.yaml", 12, 13, 4, "    method: cash", 12)
    found = Diagnostic(
        "schema-enum", sentence("method: 50%, no"), position, expected="card", hint="Write card."
    )
    line = render_github([found], lexicon_of("en")).removesuffix("\n")
    assert line == (
        "::error file=portal-config/firms/a%2C b%3A 5%25.yaml,line=12,col=13,endColumn=17,title=schema-enum"
        "::method: 50%25, no%0AExpected: card%0AHelp: Write card."
    )
    assert obeyed(line) == (
        "error",
        {
            "file": "portal-config/firms/a, b: 5%.yaml",
            "line": "12",
            "col": "13",
            "endColumn": "17",
            "title": "schema-enum",
        },
        "method: 50%, no\nExpected: card\nHelp: Write card.",
    )


def test_a_whole_file_has_no_line() -> None:
    assert render_github(
        [Diagnostic("yaml-empty", sentence("Empty."), Position("a.yaml"))], lexicon_of("en")
    ) == ("::error file=a.yaml,title=yaml-empty::Empty.\n")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("line", [0, 3])
def test_firm_text_stays_inside(text: str, severity: Severity, line: int) -> None:
    """Whatever the text: one line, one command, ours; its properties are ours, its text is all of it."""
    output = render_github([carrying(text, severity, line)], lexicon_of("en"))
    lines = re.split(r"\r\n|[\r\n\u0085\u2028]", output.removesuffix("\n"))
    assert len(lines) == 1
    read = obeyed(lines[0])
    assert read is not None
    name, properties, told = read
    assert name == severity
    assert properties.keys() == {"file", "title", *({"line", "col", "endColumn"} if line else ())}
    assert properties["title"] == "schema-enum"
    assert told.count("\n") == 2
    assert lines[0].isprintable() or "\u200d" in lines[0]
    assert "##[" not in lines[0]


def test_at_most_what_github_shows() -> None:
    """Errors first, ten of each, in the order of lines; one line counts the rest."""
    found = [finding(number, severity) for number in range(40, 0, -1) for severity in Severity]
    read = [obeyed(line) for line in render_github(found, lexicon_of("en")).splitlines()]
    names = [each[0] for each in read if each]
    assert names == ["error"] * SHOWN + ["warning"] * SHOWN + ["notice"]
    assert [each[1]["line"] for each in read[:SHOWN] if each] == [str(line) for line in range(1, SHOWN + 1)]
    assert read[-1] == (
        "notice",
        {"title": "60 more"},
        "Not shown at their lines: 30 errors and 30 warnings. See the log of this step.",
    )


@pytest.mark.parametrize(("number", "lines"), [(0, 0), (1, 1), (SHOWN, SHOWN), (SHOWN + 1, SHOWN + 1)])
def test_the_count_comes_only_when_something_is_left_out(number: int, lines: int) -> None:
    shown = render_github([finding(each) for each in range(1, number + 1)], lexicon_of("en")).splitlines()
    assert len(shown) == lines
    assert sum(line.startswith("::notice") for line in shown) == (number > SHOWN)


def test_all_at_once() -> None:
    output = render_github(all_hostile(), lexicon_of("en"))
    assert len(output.splitlines()) == 2 * SHOWN + 1
    assert all(obeyed(line) for line in output.splitlines())
