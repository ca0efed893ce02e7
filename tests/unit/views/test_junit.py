"""Findings as JUnit's XML, held to the schema of Jenkins' plugin."""

from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import xmlschema
from tests.unit.views.hostile import HOSTILE, all_hostile, carrying, sentence

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import lexicon_of
from portalsync.views.formats.junit import render_junit

SCHEMA = Path(__file__).parent / "schemas" / "junit-10.xsd"


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMA))


def suite(found: list[Diagnostic]) -> Element:
    """The only suite of a file that is well-formed and valid, and whose numbers are true."""
    text = render_junit(found, lexicon_of("en"))
    schema().validate(text)
    root = fromstring(text.encode())  # noqa: S314 - our own XML, read back
    (only,) = root
    cases = only.findall("testcase")
    for element in (root, only):
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(len(only.findall("testcase/failure")))
        assert element.get("errors") == "0"
    return only


def test_the_schema_refuses() -> None:
    assert not schema().is_valid("<testsuites><testsuite/></testsuites>")


def test_nothing_found_is_one_case_that_passes() -> None:
    (case,) = suite([])
    assert case.get("name") == "configuration"
    assert [*case] == []


def test_warnings_alone_fail_nothing() -> None:
    only = suite([Diagnostic("no-firms", sentence("There is no firm."), Position("firms"), Severity.WARNING)])
    assert only.get("failures") == "0"
    assert only.findtext("testcase[@name='firms']/system-out") == (
        "warning[no-firms] firms\n  There is no firm."
    )


def test_files_fail_with_all_their_errors() -> None:
    here = Position("firms/oak.yaml", 12, 13)
    found = [
        Diagnostic(
            "schema-enum", sentence("method cannot be cash."), here, expected="card", hint="Write card."
        ),
        Diagnostic("yaml-empty", sentence("Empty."), Position("firms/elm.yaml")),
        Diagnostic("schema-type", sentence("enabled is the text yes."), Position("firms/oak.yaml", 11, 3)),
    ]
    only = suite(found)
    assert only.get("tests") == "3"
    assert only.get("failures") == "3"
    assert [case.get("name") for case in only] == ["configuration", "firms/elm.yaml", "firms/oak.yaml"]
    failure = only.find("testcase[@name='firms/oak.yaml']/failure")
    assert failure is not None
    assert (failure.get("message"), failure.get("type")) == ("2 errors", "schema-type")
    assert failure.text == (
        "error[schema-type] firms/oak.yaml:11:3\n  enabled is the text yes.\n"
        "error[schema-enum] firms/oak.yaml:12:13\n  method cannot be cash.\n"
        "  Expected: card\n  Help: Write card."
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("severity", Severity)
def test_hostile(text: str, severity: Severity) -> None:
    """Well-formed, and nothing of the text is markup: three elements of ours, whatever it says."""
    for line in (0, 3):
        only = suite([carrying(text, severity, line)])
        assert {element.tag for element in only.iter()} <= {"testsuite", "testcase", "failure", "system-out"}
        assert all(
            char.isprintable() or char in "\n\u200d"
            for char in render_junit([carrying(text, severity)], lexicon_of("en"))
        )


def test_all_hostile_at_once() -> None:
    assert len(suite(all_hostile())) > len(HOSTILE)
