"""The quick way through the door takes no text that the careful way refuses, and gives the same data."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.config.test_yaml import CASES, PIECES, YAMLISH

from portalsync.config.yaml import parse_carefully, pieces
from portalsync.config.yaml.quick import Doubt, quick_data
from portalsync.config.yaml.source import Source
from portalsync.config.yaml.text import find_control_character, is_surely_printable, read_text
from portalsync.errors import InvalidConfig
from portalsync.model.json_value import JSON

EXAMPLE = Path(__file__).parents[3] / "portal-config"
FILES = sorted(EXAMPLE.rglob("*.yaml"))
MORE_PIECES = (
    *(
        *PIECES,
        ": |\n",
        ": >-\n",
        "|+",
        "|2",
        "#x",
        "# x",
        "? ",
        "{a: 1}",
        "[a, b]",
        "- - ",
        "&",
        "*",
        "! ",
        "\n- ",
    ),
    *(
        "null",
        "~",
        "true",
        ".inf",
        ".nan",
        "0x1F",
        "1.0",
        "''",
        '""',
        "<<",
        "@",
        "`",
        "\n---\n",
        "\n...\n",
        "'#'",
    ),
    *(
        '"#7a2e3a"',
        "a: b",
        "a : b",
        "\n  a: ",
        "\n\n\n",
        "  ",
        "\u00a0",
        "\u0301",
        ": x#y",
        ": x ?",
        ' "x" #y',
        "}#",
    ),
)


def outcome(text: str) -> object:
    """What the careful way makes of it: the types count, as True == 1 and 1.0 == 1."""
    try:
        parsed = parse_carefully(Source("f", text))
    except InvalidConfig:
        return "refused"
    return (json.dumps(parsed.data), parsed.may_hold_null)


def quick_outcome(text: str) -> object:
    data, may_hold_null = quick_data(text)
    return (json.dumps(data), may_hold_null)


def agree(text: str) -> bool:
    """Seen to fail without the check of keys that are there twice, of brackets over lines, of signs of long
    texts, of quoted texts over lines, of what is before a `#`, of anchors, of tags, of `<<` and of infinity.
    """
    try:
        read = read_text(text.encode(), "f").text
        quick = quick_outcome(read)
    except (InvalidConfig, Doubt):
        return True
    return quick == outcome(read)


CASES_OF_TEXT = [
    "\n".join(case["yaml"])
    for file in (CASES / "accepted.json", *sorted((CASES / "refused").glob("*.json")))
    for case in json.loads(file.read_text())
]
MORE_TEXTS = (
    *("a: &x {b: 1}", "a: &x\n  b: 1", "- &x [1]", "a:\n|\n  x", "a:\n  b:\n  |\n    x", "a:\n  |\n  x"),
    *(
        "  - a\n...\n  - b",
        "  a:\n b: 1",
        "a:\n  b:\n    c: " + "[" * 62 + "]" * 62,
        "a:\n  b: 1\n c: 2",
        "a:\n    b: 1\n  c: 2",
        "a:\n  b: x\n  c",
    ),
    *(
        "a:\n  - b\n  c: d",
        "a: b\n- c",
        "- a\nb: c",
        "a:\n  true:\n    b: c",
        "a:\n- b\nc: d",
        "a:\n  b: 'c\nd: e'",
    ),
    *(
        "a: |+\n  b\n\nc: d",
        "a:\n  b: |\n    c\n\n  # d\n  e: f",
        "a:\n  - b: c\n    d: e\n  # f\n  - g: h\n  -",
    ),
    *('a: "b" #c', 'a: "b"#c', "a: b#c", "a: b # c#d", 'a: ["#b"]', "a: |\n  b#c\n", "# a#b\nc: 1", "a: b ?"),
)


@pytest.mark.parametrize("text", [*CASES_OF_TEXT, *MORE_TEXTS])
def test_of_every_case(text: str) -> None:
    assert agree(text)
    assert agree(f"{text}\n")


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.name)
def test_the_example_goes_the_quick_way(file: Path) -> None:
    text = read_text(file.read_bytes(), file.name).text
    assert quick_outcome(text) == outcome(text)


@given(YAMLISH | st.lists(st.sampled_from(MORE_PIECES), max_size=20).map("".join))
def test_of_what_looks_like_yaml(text: str) -> None:
    assert agree(f"{text}\n")


LINES = (
    *(
        "a: 1",
        "b:",
        "  c: 2",
        "  d:",
        "    e: f",
        "  - x",
        "- x",
        "    - g",
        "# c",
        "    # c",
        "",
        "    ",
        "a: |+",
    ),
    *(
        "  text",
        "    text",
        " text",
        "k: [a,",
        "  b]",
        "k: 'x",
        "  y'",
        "  true:",
        "---",
        "...",
        "   c: 3",
        "b: >-",
    ),
    *(
        "  - {a: 1}",
        "  - a: 1",
        "    b: 2",
        "- - a",
        "  -",
        "  a : 1",
        "? a",
        ": b",
        "~:",
        "a: ~",
        "1: 2",
        "a: 'x'",
    ),
)


@given(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join))
def test_of_pieces_in_whatever_order(text: str) -> None:
    assert agree(f"{text}\n")


def test_a_piece_that_is_known_is_no_other_one() -> None:
    """A text may be an item in one file, and stand where a pair has to in another."""
    texts = ["- ab\n- cd", "ab: 1\n- ab", "- ab\nab: 1", "ab: 1\ncd: 2", "cd: 2\nab: 1", "ab: 1\nab: 1"]
    texts += [
        "  - b",
        "  - a\n...\n  - b",
        "ab: 1\n--- {ef: 2}",
        "- ab\n--- [ef]",
        "ab: 1\n{gh: 2}",
        "- ab\n[gh]",
    ]
    assert all(map(agree, [f"{text}\n" for text in (*texts, *reversed(texts))]))


@pytest.mark.parametrize("text", ["", "a: 12", "a: 1\nb: 23", "- ab", "a:\n  b: cd"])
def test_a_text_that_ends_in_the_middle_of_a_line_is_a_doubt(text: str) -> None:
    """Seen to fail: the last character was lost. `read_text` ends every line."""
    with pytest.raises(Doubt):
        quick_data(text)


def test_what_was_read_before_is_not_read_again() -> None:
    first = quick_data("a:\n  - {b: 1}\n  - {c: 2}\nd: 3\n")[0]
    again = quick_data("d: 4\na:\n  - {b: 1}\n  - {c: 2}\n")[0]
    assert isinstance(first, dict)
    assert isinstance(again, dict)
    assert again["a"] is first["a"]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_MOST_REMEMBERED", 1_000)
    read: list[str] = []

    def counted(text: str) -> tuple[JSON, bool]:
        read.append(text)
        return quick_data(text)

    known = pieces.Pieces(counted)
    for text in ("a: first", *(f"a: {number}" for number in range(500)), "a: first"):
        known.data(f"{text}\n")
    assert read.count("a: first\n") == 2


@given(st.data())
def test_of_files_that_are_not_quite_right(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        piece = data.draw(st.sampled_from(MORE_PIECES) | st.sampled_from(["", "", " "]))
        text = text[:start] + piece + text[start + data.draw(st.sampled_from([0, 0, 1, 2, 5, 20])) :]
    assert agree(f"{text}\n")


TEXTS = [text for file in FILES if len(text := file.read_text(encoding="utf-8")) < 3_000]


@pytest.mark.parametrize(
    "wrong",
    ["a: 1\na: 2", "a: &x 1", "a: !x 1", "<<: {}", "a: .inf", "[a,\nb]", "- *x", "1: 2", "a: b" + "#c" * 51],
)
def test_a_doubt_is_none_of_its_business(wrong: str) -> None:
    with pytest.raises(Doubt):
        quick_data(f"{wrong}\n")


def test_what_is_printable_has_no_character_that_may_not_be_there() -> None:
    """Of all characters: the quick look lets none pass that the thorough one refuses."""
    wrong = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if is_surely_printable(chr(code)) and _is_refused(code)
    ]
    assert wrong == []


def test_nothing_may_stand_in_a_file_that_yaml_does_not_call_printable_nor_any_line_end_but_one() -> None:
    """`c-printable` of YAML 1.2 without CR and NEL, of all characters. Seen to fail without U+FFFE."""
    allowed = {9, 10, *range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0xFFFE)}
    allowed |= {*range(0x10000, sys.maxunicode + 1)}
    taken = {code for code in range(sys.maxunicode + 1) if not find_control_character(chr(code))}
    assert taken == allowed


def _is_refused(code: int) -> Any:
    if 0xD800 <= code <= 0xDFFF or find_control_character(chr(code)):
        return True
    if chr(code).isascii():
        return False
    try:
        read_text(f"a: {chr(code)}\n".encode(), "f")
    except InvalidConfig:
        return True
    return False
