"""Of very many findings as many are listed as somebody reads, and all are counted."""

import json
from collections import Counter
from xml.etree.ElementTree import fromstring

import pytest
from tests.steps import steps

from portalsync.catalog.conform import faults, validator
from portalsync.catalog.schema import schema_for
from portalsync.config.explain_fault import explain
from portalsync.config.yaml import parse
from portalsync.diagnostics import (
    MOST_IN_FILE,
    MOST_IN_RUN,
    Diagnostic,
    Position,
    Severity,
    capped,
    numbers,
)
from portalsync.lexicon import lexicon_of
from portalsync.views.formats import FINDINGS
from portalsync.views.screen import Screen


def findings(file: str, number: int, severity: Severity = Severity.ERROR) -> list[Diagnostic]:
    return [
        Diagnostic("schema-unknown", "x", Position(file, line), severity) for line in range(1, number + 1)
    ]


def rest(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    return [(each.position.file, str(each.message), each.more) for each in found if each.more]


def test_few_are_all_listed() -> None:
    found = [*findings("a", MOST_IN_FILE), *findings("b", 3, Severity.WARNING)]
    assert capped(found) == found


def test_of_a_file_the_first_are_listed_and_how_many_more_there_are_last() -> None:
    found = capped([*findings("b", 24_000), *findings("a", 1)])
    assert len(found) == 1 + MOST_IN_FILE + 1
    assert rest(found) == [("b", "There are 23,900 more errors in this file.", 23_900)]
    assert found[-1].more
    assert numbers(found) == {Severity.ERROR: 24_001}


def test_an_error_is_never_left_out_for_warnings() -> None:
    found = capped([*findings("a", 500, Severity.WARNING), *findings("a", 1)])
    assert numbers(found) == {Severity.ERROR: 1, Severity.WARNING: 500}
    assert [each.severity for each in found if not each.more].count(Severity.ERROR) == 1
    assert rest(found) == [("a", "There are 401 more warnings in this file.", 401)]


def test_of_many_files_all_are_counted() -> None:
    found = capped(each for number in range(5_000) for each in findings(f"{number:04}", 2))
    assert len(found) == MOST_IN_RUN + 1
    said = "There are 9,000 more errors, in this file and others that are not listed."
    assert rest(found) == [("4999", said, 9_000)]
    assert numbers(found) == {Severity.ERROR: 10_000}


def test_capped_again_it_is_the_same() -> None:
    """Where findings are made, and where they are shown. What was counted once stays counted."""
    once = capped([*findings("a", 300), *findings("a", 300, Severity.WARNING), *findings("b", 5_000)])
    assert capped(once) == once
    files = [capped(findings(f"{number:02}", 300)) for number in range(30)]
    assert numbers(capped(each for file in files for each in file)) == {Severity.ERROR: 9_000}


@pytest.mark.parametrize("name", FINDINGS)
def test_every_format_says_how_many_more_and_stays_small(name: str) -> None:
    """Seen: 6.5 MB of text and 20 MB of SARIF for one file."""
    found = findings("firms/oak.yaml", 24_000)
    text = FINDINGS[name].of_findings(found, lexicon_of("en"), Screen())
    assert len(text) < 100_000
    said = {"github": "23,990 errors", "text": "24,000 errors."}
    assert said.get(name, "There are 23,900 more errors in this file.") in text


def test_programs_count_all() -> None:
    found, english = findings("firms/oak.yaml", 24_000), lexicon_of("en")
    read = json.loads(FINDINGS["json"].of_findings(found, english, Screen()))["findings"]
    assert sum(each["number"] for each in read) == 24_000
    failures = fromstring(FINDINGS["junit"].of_findings(found, english, Screen())).iter("failure")  # noqa: S314 - ours
    assert {each.get("message") for each in failures} == {"24,000 errors"}


def unknown_keys(number: int) -> int:
    """The steps to explain a firm's file with so many keys that nobody knows."""
    parsed = parse(b"id: oak\n" + b"".join(b"nam%d: 1\n" % each for each in range(number)), "firms/oak.yaml")
    checker = validator(schema_for("firm"))
    found: list[Diagnostic] = []
    work = steps(lambda: found.extend(explain(faults(checker, parsed.data), parsed, {})))
    assert numbers(found) == Counter({Severity.ERROR: number + 1})  # and what is missing, once
    assert len(found) <= MOST_IN_FILE + 1
    return work


def test_what_is_not_listed_costs_next_to_nothing() -> None:
    """Seen: for each of 24,000 keys, twice, the word that may have been meant."""
    listed, more = unknown_keys(MOST_IN_FILE), unknown_keys(11 * MOST_IN_FILE)
    assert more < 5 * listed


def test_what_is_wrong_twice_at_one_position_counts_once() -> None:
    """A key that nobody knows, with nothing after it. Seen: 39,900 errors at 20,000 keys."""
    parsed = parse(b"".join(b"k%d:\n" % each for each in range(300)), "groups/x.yaml")
    found = explain(faults(validator({"additionalProperties": False}), parsed.data), parsed, {})
    assert numbers(found) == {Severity.ERROR: 300}
