"""A file that YAML does not take says where the mistake begins, and what to write instead."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.config.german import only_english
from yaml.error import YAMLError

from portalsync.config.yaml import mend, parse
from portalsync.config.yaml.careful import Reading, read_carefully
from portalsync.config.yaml.source import Source
from portalsync.config.yaml.tabs import with_blanks
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.lexicon import Phrase

AROUND = "kind: Firm\nid: oak\nprofile:\n{}\noptions:\n  done_uploading:\n    button: true\n"
"""Lines around those of a row, which begin in line 4."""


def wrong(text: str) -> list[Diagnostic]:
    with pytest.raises(InvalidConfig) as refused:
        parse(text.encode(), "firms/oak.yaml")
    return [*refused.value.diagnostics]


ROWS = {
    "no end quote": (
        '  name: "Müller & Partner\n  phone: "+49 30 5550100"',
        '4:9 The text that begins with `"` here has no `"` at its end. Write: name: "Müller & Partner"',
    ),
    "no end quote, and no other one follows": (
        '  name: "Müller & Partner',
        '4:9 The text that begins with `"` here has no `"` at its end. Write: name: "Müller & Partner"',
    ),
    "no single end quote": (
        "  name: 'Müller & Partner\n  address: 'x'",
        "4:9 The text that begins with `'` here has no `'` at its end. Write: name: \"Müller & Partner\"",
    ),
    "no end quote in braces": (
        '  welcome: {en: "Welcome, de: "Willkommen"}',
        (
            '4:17 The text that begins with `"` here has no `"` at its end. '
            'Write: welcome: {en: "Welcome", de: "Willkommen"}'
        ),
    ),
    "another end quote": (
        "  name: \"Müller & Partner'",
        '4:9 The quotes around this text are no pair that YAML knows. Write: name: "Müller & Partner"',
    ),
    "a typographic end quote": (
        '  name: "Müller & Partner“\n  phone: "+49 30 5550100"',
        '4:9 The quotes around this text are no pair that YAML knows. Write: name: "Müller & Partner"',
    ),
    "typographic quotes around a colon": (
        "  name: „Müller: Partner“",
        '4:9 The quotes around this text are no pair that YAML knows. Write: name: "Müller: Partner"',
    ),
    "quotes inside of quotes": (
        '  name: "Müller "und" Partner"',
        '4:9 A `"` inside of this text ends it too early. Write: name: \'Müller "und" Partner\'',
    ),
    "an apostrophe inside of single quotes": (
        "  name: 'Müller's'",
        "4:9 A `'` inside of this text ends it too early. Write: name: \"Müller's\"",
    ),
    "text after the end quote": (
        '  name: "Müller" & Partner',
        "4:17 The text ends at this quote, and more follows. Write: name: '\"Müller\" & Partner'",
    ),
    "no colon": (
        "  name: x\ngroups\n  - north",
        "5:1 The colon behind `groups` is missing. Write: groups:",
    ),
    "no colon before the next key": (
        "  welcome\n  name: x",
        "4:3 The colon behind `welcome` is missing. Write: welcome:",
    ),
    "no colon before the value": (
        "  name Müller\n  phone: x",
        "4:3 The colon behind `name` is missing. Write: name: Müller",
    ),
    "another sign than a colon": (
        "  name = Müller\n  phone: x",
        "4:3 The colon behind `name` is missing. Write: name: Müller",
    ),
    "no space behind a colon": (
        "  name:Müller\n  phone: x",
        "4:7 The space behind the colon of `name` is missing. Write: name: Müller",
    ),
    "no space behind the colon of a quoted key": (
        '  "name":Müller\n  phone: x',
        '4:9 The space behind the colon of `"name"` is missing. Write: "name": Müller',
    ),
    "the space before the colon": (
        "  name :Müller\n  phone: x",
        "4:8 The space behind the colon of `name` is missing. Write: name: Müller",
    ),
    "a colon in a text": (
        "  name: Müller: Partner",
        (
            "4:15 A text that holds a colon and a space needs quotes: without them it looks like a key. "
            'Write: name: "Müller: Partner"'
        ),
    ),
    "a colon in a text in braces": (
        "  welcome: {en: Holidays: closed}",
        (
            "4:25 A text that holds a colon and a space needs quotes: without them it looks like a key. "
            'Write: welcome: {en: "Holidays: closed"}'
        ),
    ),
    "a colon in a text before a comment": (
        "  name: Müller: Partner # as in the register",
        (
            "4:15 A text that holds a colon and a space needs quotes: without them it looks like a key. "
            'Write: name: "Müller: Partner" # as in the register'
        ),
    ),
    "an at sign": (
        "  name: @home",
        '4:9 A text that begins with this sign needs quotes. Write: name: "@home"',
    ),
    "a percent sign": ("  name: %x", '4:9 A text that begins with this sign needs quotes. Write: name: "%x"'),
    "a backquote": ("  name: `x`", '4:9 A text that begins with this sign needs quotes. Write: name: "`x`"'),
    "an ampersand": (
        "  name: & Partner",
        '4:9 A text that begins with this sign needs quotes. Write: name: "& Partner"',
    ),
    "asterisks": (
        "  name: *Müller* GmbH",
        '4:9 A text that begins with this sign needs quotes. Write: name: "*Müller* GmbH"',
    ),
    "braces of another language": (
        "  name: {firm} GmbH",
        '4:9 A text that begins with this sign needs quotes. Write: name: "{firm} GmbH"',
    ),
    "no dash": (
        "  locales:\n  - de\n  en",
        "6:3 The dash before this entry of the list is missing. Write: - en",
    ),
    "no space behind a dash": (
        "  locales:\n  - de\n  -en",
        "6:3 The space behind the dash is missing. Write: - en",
    ),
    "a bracket that is not closed": (
        "  locales: [de, en\n  name: x",
        "4:12 The `[` that stands here is never closed. Write: locales: [de, en]",
    ),
    "nothing in a bracket that is not closed": (
        "  locales: [",
        "4:12 The `[` that stands here is never closed. Write: locales: []",
    ),
    "a bracket over lines that is not closed": (
        "  locales: [\n    de,\n    en\n  name: x",
        "4:12 The `[` that stands here is never closed. Write in line 6: en]",
    ),
    "a bracket that nothing opens": (
        "  locales: [de]]",
        "4:16 The `]` that stands here closes nothing. Write: locales: [de]",
    ),
    "no comma": ('  locales: ["de" "en"]', '4:18 A comma is missing here. Write: locales: ["de", "en"]'),
    "two commas": ("  locales: [de,, en]", "4:15 There is a comma too many here. Write: locales: [de, en]"),
    "three spaces": (
        "  name: x\n   phone:\n    x: y",
        (
            "5:4 No line that this one could belong with begins in column 4. "
            "Put 2 spaces before it, as line 4 has."
        ),
    ),
    "three spaces before a section, between sections and values": (
        "  contact:\n    phone: x\n   hours:\n     monday: y",
        (
            "6:4 No line that this one could belong with begins in column 4. "
            "Put 2 spaces before it, as line 4 has."
        ),
    ),
    "three spaces before a value, between sections and values": (
        "  contact:\n    phone: x\n   mail: y",
        (
            "6:4 No line that this one could belong with begins in column 4. "
            "Put 4 spaces before it, as line 5 has."
        ),
    ),
    "three spaces before the first of several": (
        "   name:\n    x: y\n  phone: x",
        (
            "4:4 No line that this one could belong with begins in column 4. "
            "Put 2 spaces before it, as line 6 has."
        ),
    ),
    "one space": (
        "  name: x\n phone: x",
        (
            "5:2 No line that this one could belong with begins in column 2. "
            "Put 2 spaces before it, as line 4 has."
        ),
    ),
    "a text that is not below its key": (
        "  address: |\n  Lindenstraße 12\n  10969 Berlin",
        (
            "5:3 The text of `address` begins here, and is not indented further than `address` itself. "
            "Put 4 spaces before each of its lines."
        ),
    ),
    "an en dash before entries": (
        "  items:\n  – id: x\n    title: y",
        "5:3 An entry of a list begins with a hyphen, not with `–`. Write: - id: x",
    ),
    "a bullet before entries": (
        "  locales:\n  - de\n  • en",
        "6:3 An entry of a list begins with a hyphen, not with `•`. Write: - en",
    ),
    "an asterisk before entries": (
        "  locales:\n  * de",
        "5:3 An entry of a list begins with a hyphen, not with `*`. Write: - de",
    ),
    "a comment of another language": (
        "  welcome: // ours\n    en: Welcome",
        "4:12 A comment begins with `#`, not with `//`. Write: welcome: # ours",
    ),
    "a comment with hyphens": (
        "  -- ours\n  name: x",
        "4:3 A comment begins with `#`, not with `--`. Write: # ours",
    ),
    "a long text with a colon": (
        "  address:\n    Lindenstraße 12\n    Tel: 030",
        "4:3 A text over several lines that holds a colon needs a `|` behind its key. Write: address: |",
    ),
    "two keys on one line": (
        "  welcome: en: Good to see you",
        "4:14 Two keys on one line need braces around the second one. Write: welcome: {en: Good to see you}",
    ),
    "a comma at the end of a line": (
        '  name: "x",\n  phone: y',
        '4:12 A `,` ends no line in YAML. Write: name: "x"',
    ),
    "a blank of a web page": (
        "  name:\u00a0Müller\n  phone: x",
        (
            "4:8 This blank looks like a space and is none: it comes from a web page or a word processor. "
            "Delete the blanks here, and press the space bar instead."
        ),
    ),
}


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
def test_it_is_said_where_a_mistake_begins_and_what_to_write(text: str, expected: str) -> None:
    """Seen to fail for each: the parser's own line, or two findings about one mistake."""
    found = wrong(AROUND.replace("{}", text))
    shown = [f"{each.position.line}:{each.position.column} {each.message} {each.hint}" for each in found]
    assert shown == [expected]
    assert only_english(found) == []


@pytest.mark.parametrize("text", [row[0] for row in ROWS.values() if "10969" not in row[0]])
def test_what_is_told_to_be_written_can_be_read(text: str) -> None:
    """The lines put in by hand, as a reader of the message would."""
    text = AROUND.replace("{}", text)
    lines = text.split("\n")
    for each in wrong(text):
        assert isinstance(each.hint, Phrase)
        hint = dict(each.hint.values)
        number = int(str(hint["line"] if each.hint.key.endswith("write-in") else each.position.line)) - 1
        line = lines[number]
        if each.hint.number is not None:
            lines[number] = " " * each.hint.number + line.lstrip(" ")
        else:
            dent = len(line) - len(line.lstrip(" "))
            lines[number] = " " * dent + str(hint.get("text", line.strip().replace("\u00a0", " ")))
    assert read_carefully(Source("f", "\n".join(lines))).findings == ()


def test_several_mistakes_are_told_in_one_run() -> None:
    text = 'profile:\n  name: "Müller\n  phone: "1"\n  website:x\noptions:\n  chat\n    a: b\n   c: d: e\n'
    assert [(each.position.line, each.position.column) for each in wrong(text)] == [
        (2, 9), (4, 10), (6, 3), (8, 4),
    ]  # fmt: skip


def test_a_comma_in_a_number_between_braces_is_told_as_one() -> None:
    [found] = wrong("clients: {all: 1,200}\n")
    assert (found.position.column, str(found.hint)) == (18, "Write the number without a comma: 1200.")
    assert only_english([found]) == []


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"{\\rtf1", b"\xd0\xcf\x11\xe0", b"%PDF-1.7"])
def test_a_document_of_a_word_processor_is_told_as_one(start: bytes) -> None:
    """Seen to fail: a finding for each of its first characters."""
    with pytest.raises(InvalidConfig) as refused:
        parse(start + b"\x00\x06 name: Oak\n", "firms/oak.yaml")
    [found] = refused.value.diagnostics
    assert str(found.message) == "The file is a document of a word processor, and no plain text."
    assert only_english([found]) == []


def test_a_conflict_that_git_left_is_told_as_one() -> None:
    text = "kind: Firm\n<<<<<<< HEAD\nid: oak\n=======\nid: elm\n>>>>>>> theirs\n"
    [found] = wrong(text)
    assert (found.position.line, found.position.length) == (2, 12)
    assert str(found.message).startswith("Git left two versions")
    assert only_english([found]) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_neither_line_ends_of_windows_nor_a_mark_at_the_start_move_it(line_end: str, start: str) -> None:
    text = start + 'kind: Firm\nname: "Müller\nid: oak\n'.replace("\n", line_end)
    [found] = wrong(text)
    assert (found.position.line, found.position.column, str(found.hint)) == (2, 7, 'Write: name: "Müller"')


@given(st.data())
def test_a_file_that_is_refused_stays_so_and_one_that_is_not_too(data: st.DataObject) -> None:
    """Mending is for messages only: no finding is lost, each is at a line of the file."""
    text = AROUND.replace("{}", data.draw(st.sampled_from([row[0] for row in ROWS.values()])))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from(['"', ":", "[", "}", "\n", " ", "- ", "„", "\n\n  x"]))
            + text[at:]
        )
    reading = read_carefully(Source("f", text + "\n"))
    if reading.findings:
        found = wrong(text)
        assert all(0 <= each.position.line <= text.count("\n") + 2 for each in found)
        assert found


@pytest.mark.parametrize(
    "text",
    ['a: "x\n' * 15_000, "a: [\n" * 15_000, "a" + " " * 90_000 + "b\n:", ("- x: {" + "a, " * 20_000 + "\n")],
)
def test_the_search_is_bounded(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the characters that are read. Seen to fail without that limit."""
    read: list[int] = []

    def counted(source: Source) -> Reading:
        read.append(len(source.text))
        return read_carefully(source)

    monkeypatch.setattr(mend, "read_carefully", counted)
    assert wrong(text)
    assert sum(read) <= 1_000_000


TABBED = (
    "a: ",
    "- ",
    "\t",
    "\n\t",
    "\n",
    " ",
    "# c",
    "|\n",
    ">\n",
    "'",
    '"',
    "x",
    "\n  y",
    ": ",
    "[",
    "]",
    "|+\n",
)


@given(st.lists(st.sampled_from(TABBED), max_size=14).map("".join))
@example("a: |\n  b\n  \t\n  c\n")
def test_taking_tabs_for_blanks_changes_nothing_that_libyaml_reads(text: str) -> None:
    """Seen to fail where tabs of long texts were not put back."""
    try:
        before = _values(text)
    except YAMLError:
        return
    assert _values(with_blanks(text)) == before


def _values(text: str) -> list[tuple[str, str]]:
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    return [(type(each).__name__, getattr(each, "value", "")) for each in events]
