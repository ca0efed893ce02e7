"""Texts that clients would read otherwise than they stand in a file are warned of, usual comments are not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.unit.config.german import only_english

from portalsync.cache import Cache
from portalsync.catalog.files.layers import FIRM
from portalsync.config import yaml as door
from portalsync.config.discover import discover
from portalsync.config.document import check_file
from portalsync.config.doubtful import doubtful_texts, may_hold_doubtful_texts
from portalsync.config.file import HeldFile
from portalsync.config.yaml.quick import Doubt
from portalsync.diagnostics import Diagnostic, Severity
from portalsync.pipeline.survey import Question, survey

HEAD = "apiVersion: portalsync/v1\nkind: Firm\nid: oak\nprofile:\n"
CUT_OFF = "comment-in-text"
QUOTES = "quotes-in-text"


def test_the_example_is_hardly_looked_at_twice() -> None:
    """Reading a file again for this costs as much as reading it."""
    example = discover(Path(__file__).parents[3] / "portal-config")
    parsed = [check_file(each).parsed for each in example.files]
    assert sum(may_hold_doubtful_texts(each.text) for each in parsed) <= len(parsed) / 10
    assert [each for file in example.files for each in doubtful_texts(check_file(file))] == []


def warnings(profile: str) -> list[Diagnostic]:
    content = f"{HEAD}{profile}\n".encode()
    return [*doubtful_texts(check_file(HeldFile("", "firms/oak.yaml", FIRM.name, b"", content=content)))]


WARNED = {
    "a number behind a sign": (
        "  name: Oak #1 advisers",
        f'{CUT_OFF} 5:13 11 Write: name: "Oak #1 advisers"',
    ),
    "in braces over lines": (
        "  welcome:\n    en: Due by #2026",
        f'{CUT_OFF} 6:16 5 Write: en: "Due by #2026"',
    ),
    "behind a text over lines": (
        "  name: Oak\n    and Partners #1",
        f"{CUT_OFF} 6:18 2 If it belongs to a text, put the whole text in quotes.",
    ),
    "German quotes": ("  name: „Müller“", f'{QUOTES} 5:9 8 Write: name: "Müller"'),
    "English quotes": ("  name: “Müller & Co”", f'{QUOTES} 5:9 13 Write: name: "Müller & Co"'),
    "single quotes": ("  name: ‚Müller‘", f'{QUOTES} 5:9 8 Write: name: "Müller"'),
    "guillemets": ("  name: »Müller«", f'{QUOTES} 5:9 8 Write: name: "Müller"'),
    "quotes of two sorts": ('  name: „Müller"', f'{QUOTES} 5:9 8 Write: name: "Müller"'),
    "a quote at the end alone": ('  name: Müller"', f'{QUOTES} 5:9 7 Write: name: "Müller"'),
    "a quote at the start alone": ("  name: „Müller", f'{QUOTES} 5:9 7 Write: name: "Müller"'),
    "in braces": (
        "  welcome: {en: “Welcome”, de: Willkommen} # here",
        f'{QUOTES} 5:17 9 Write: welcome: {{en: "Welcome", de: Willkommen}} # here',
    ),
    "before a comment": ("  name: „Müller“ # here", f'{QUOTES} 5:9 8 Write: name: "Müller" # here'),
}


@pytest.mark.parametrize(("profile", "expected"), WARNED.values(), ids=WARNED)
def test_what_clients_would_read_otherwise(profile: str, expected: str) -> None:
    """Seen to be "Valid" without a word."""
    [found] = warnings(profile)
    at = found.position
    code, place, length, hint = expected.split(" ", 3)
    assert (found.code, f"{at.line}:{at.column}", at.length, str(found.hint)) == (
        code,
        place,
        int(length),
        hint,
    )
    assert found.severity is Severity.WARNING
    assert only_english([found]) == []


@pytest.mark.parametrize(("profile", "expected"), WARNED.values(), ids=WARNED)
def test_what_is_told_to_be_written_is_not_warned_of(profile: str, expected: str) -> None:
    lines = profile.split("\n")
    if "Write: " in expected:
        dent = len(lines[-1]) - len(lines[-1].lstrip())
        lines[-1] = " " * dent + expected.partition("Write: ")[2]
        assert warnings("\n".join(lines)) == []


FINE = {
    "a comment": "  name: Oak # 1 adviser",
    "a comment of several signs": "  name: Oak ## adviser",
    "a comment on a line of its own": "  #name: Elm\n  name: Oak\n  #todo",
    "a comment behind a key": "  welcome: #todo\n    en: Welcome",
    "a comment behind quotes": '  name: "Oak" #1',
    "a number in quotes": '  name: "Oak #1"',
    "a sign inside of a word": "  name: Oak#1",
    "what no client reads as a text": "  name: Oak\n  time_zone: Europe/Berlin #home\n  locales: [de] #one",
    "quotes that are meant": '  name: "„Müller“"',
    "quotes in a long text": "  name: Oak\n  address: |\n    „Haus am See“\n    Seestr. 1 #3",
    "a word in quotes": "  welcome: {de: „Müller“ heißt Sie willkommen}",
    "two words in quotes": "  welcome: {de: „Müller“ und „Söhne“}",
    "an apostrophe": "  welcome: {en: Welcome to our clients’}",
}


@pytest.mark.parametrize("profile", FINE.values(), ids=FINE)
def test_nobody_is_alarmed_about(profile: str) -> None:
    assert warnings(profile) == []


BASE = Path(__file__).parents[2] / "cases" / "validate" / "base"


def test_warnings_come_by_either_way_through_the_door_and_out_of_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of firms' own files and of those that firms share."""
    folder = tmp_path / "config"
    for each in BASE.rglob("*.*"):
        target = folder / each.relative_to(BASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(each.read_bytes())
    for name, old, new in (
        ("firms/oak.yaml", "name: Oak & Partners", "name: Oak #1"),
        ("groups/north.yaml", "id: north\n", "id: north\nprofile:\n  welcome: {en: „Hi“, de: Hallo}\n"),
    ):
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    def warned() -> list[tuple[str, str]]:
        question = Question(datetime(2026, 12, 1, tzinfo=UTC))
        result = survey(discover(folder), question=question, cache=Cache(tmp_path / "cache"))
        return [(each.code, each.position.file) for each in result.warnings]

    expected = [(CUT_OFF, "firms/oak.yaml"), (QUOTES, "groups/north.yaml")]
    assert warned() == expected
    assert warned() == expected  # from the cache
    monkeypatch.setattr(door, "quick_data", _in_doubt)
    (folder / "firms/oak.yaml").write_text((folder / "firms/oak.yaml").read_text() + "# another\n")
    assert warned() == expected


def _in_doubt(_text: str) -> object:
    raise Doubt
