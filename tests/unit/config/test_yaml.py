"""The strict door for YAML: what it lets in, what it refuses, and the positions it names."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.config.german import only_english

from portalsync.config.yaml import Parsed, parse
from portalsync.config.yaml import events as yaml_events
from portalsync.config.yaml.source import SOURCE_LEAD, SOURCE_WIDTH, Source
from portalsync.config.yaml.syntax import MAX_DEPTH
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.diagnostics import Diagnostic, Position
from portalsync.errors import InvalidConfig
from portalsync.lexicon import lexicon_of
from portalsync.visible import visible

CASES = Path(__file__).parents[2] / "cases" / "yaml"
FILE = "firms/demo.yaml"


def findings(content: str | bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidConfig) as refusal:
        parse(content.encode() if isinstance(content, str) else content, FILE)
    return refusal.value.diagnostics


def codes(content: str | bytes) -> list[str]:
    return [finding.code for finding in findings(content)]


def load(file: Path) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in json.loads(file.read_text())]


@pytest.mark.parametrize("case", load(CASES / "accepted.json"))
def test_accepts(case: dict[str, Any]) -> None:
    data = parse("\n".join(case["yaml"]).encode(), FILE).data
    # The texts are compared too, because True == 1 and 1.0 == 1.
    assert json.dumps(data) == json.dumps(case["data"])


REFUSED = [case for file in sorted((CASES / "refused").glob("*.json")) for case in load(file)]


@pytest.mark.parametrize("case", REFUSED)
def test_refuses(case: dict[str, Any]) -> None:
    found = findings("\n".join(case["yaml"]))
    assert [f"{item.code} {item.position.line}:{item.position.column}" for item in found] == case["findings"]


@pytest.mark.parametrize("case", REFUSED)
def test_messages_are_sentences(case: dict[str, Any]) -> None:
    for item in findings("\n".join(case["yaml"])):
        message = str(item.message)
        assert message[0].isupper() or message[0] == "`"
        assert message.endswith(".")
        assert item.position.file == FILE
        assert item.position.length >= 1


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_are_said_in_german_too(case: dict[str, Any]) -> None:
    assert only_english(findings("\n".join(case["yaml"]))) == []


def test_many_refusals_are_of_what_libyaml_accepts() -> None:
    """The rules of our own do work: libyaml alone would take these documents."""
    accepted = [
        case.values[0]["name"] for case in REFUSED if libyaml_takes("\n".join(case.values[0]["yaml"]))
    ]
    assert {
        "brackets go on at the left edge",
        "bracket closed at the left edge",
        "quoted text goes on at the left edge",
        "sign of a long text at the left edge",
        "comment that may be text",
        "lone dash between brackets",
        "comment glued to a bracket",
        "comment glued to a comma",
        "comment glued to a double quote",
        "comment glued to the sign of a long text",
        "question mark glued in brackets",
        "tab in brackets",
        "tab in a quoted text",
        "directive behind the first document",
        "duplicate",
        "second document",
    } <= set(accepted)


def libyaml_takes(text: str) -> bool:
    try:
        return bool(list(yaml.parse(text, Loader=yaml.CSafeLoader)))
    except yaml.YAMLError:
        return False


class TestEncoding:
    def test_byte_order_mark_moves_no_column(self) -> None:
        assert parse(b"\xef\xbb\xbfa: 1\n", FILE).value_position(("a",)).column == 4

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
    def test_other_unicode_encodings(self, encoding: str) -> None:
        (found,) = findings("a: 1\n".encode(encoding))
        assert (found.code, found.position) == ("yaml-encoding", Position(FILE))
        assert "UTF-16" in str(found.message)

    def test_windows_1252(self) -> None:
        (found,) = findings(b"a: 1\r\nt\xc3\xb6: \xe4x\r\n")
        assert (found.code, found.position.line, found.position.column) == ("yaml-encoding", 2, 5)
        assert found.position.source == "tö: \N{REPLACEMENT CHARACTER}x"

    def test_encoded_surrogate(self) -> None:
        assert codes(b"a: \xed\xa0\x80\n") == ["yaml-encoding"]

    def test_joiners_are_text(self) -> None:
        assert parse("a: 👩\u200d💻\n".encode(), FILE).data == {"a": "👩\u200d💻"}

    @pytest.mark.parametrize(
        "content",
        [b"a: \xe4", "a: 1".encode("utf-16"), "a: x\u200by".encode(), b"a: 1\rb: 2", b"#" * (MAX_BYTES + 1)],
    )
    def test_said_in_german_too(self, content: bytes) -> None:
        assert only_english(findings(content)) == []

    def test_numbers_are_written_as_readers_write_them(self) -> None:
        (found,) = findings(b"#" * (MAX_BYTES + 1))
        assert lexicon_of("en").say(found.expected) == "at most 1,048,576 bytes"
        assert lexicon_of("de").say(found.expected) == "höchstens 1.048.576 Bytes"

    def test_hint_shows_the_escape(self) -> None:
        (found,) = findings("a: x\u200by\n")
        assert r"\u200b" in str(found.hint)


class TestLimits:
    def test_size(self) -> None:
        (found,) = findings(b"#" * (MAX_BYTES + 1))
        assert (found.code, found.position) == ("yaml-size", Position(FILE))

    def test_long_text(self) -> None:
        assert codes("a: " + "x" * (yaml_events.MAX_SCALAR + 1)) == ["yaml-size"]
        assert parse(b"x" * yaml_events.MAX_SCALAR, FILE).data == "x" * yaml_events.MAX_SCALAR

    def test_deepest(self) -> None:
        depth = MAX_DEPTH
        assert str(parse(b"[" * depth + b"]" * depth, FILE).data) == "[" * depth + "]" * depth
        assert codes("[" * (depth + 1) + "]" * (depth + 1)) == ["yaml-depth"]

    def test_many_values(self) -> None:
        assert codes("- 1\n" * yaml_events.MAX_EVENTS) == ["yaml-nodes"]

    def test_findings_are_bounded(self) -> None:
        *listed, rest = findings("a: 1\n" * 10_000)
        assert len(listed) == yaml_events.MAX_FINDINGS
        assert (rest.code, rest.number) == ("more-findings", 9_999 - len(listed))

    @pytest.mark.parametrize("character", ["\u200b", "\x07"])
    def test_characters_that_may_not_be_there_are_all_counted(self, character: str) -> None:
        *listed, rest = findings(f"a: {character * 1_000}\n")
        assert len(listed) + rest.number == 1_000

    def test_reading_stops_at_the_bound(self) -> None:
        reader = yaml_events.EventReader(Source(FILE, "- &x y\n" * 1_000))
        with pytest.raises(InvalidConfig):
            reader.read()
        assert len(reader.findings) == yaml_events.MAX_FINDINGS

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param("[" * 40_000, "yaml-depth", id="brackets"),
            pytest.param("{a: " * 40_000, "yaml-depth", id="braces"),
            pytest.param("[{" * 500_000, "yaml-depth", id="both, a megabyte"),
            pytest.param("- " * 40_000, "yaml-depth", id="dashes"),
            pytest.param("? " * 40_000, "yaml-depth", id="question marks"),
            pytest.param(
                "".join(" " * level + "a:\n" for level in range(1_400)), "yaml-depth", id="indentation"
            ),
            pytest.param("[\n" * 400_000, "yaml-depth", id="brackets on lines"),
            pytest.param("[a,\n" * 200_000, "yaml-depth", id="items"),
            pytest.param("a: &x [" + "*x," * 300_000, "yaml-alias", id="aliases"),
            pytest.param("a: !!x\n" * 100_000, "yaml-tag", id="tags"),
            pytest.param("- " + "9" * 60_000, "", id="digits"),
            pytest.param('- "#"\n' * 16_000, "", id="hash signs"),
            pytest.param("- x ?\n" * 16_000, "", id="marks"),
        ],
    )
    def test_hostile_documents_end_soon(self, content: str, code: str) -> None:
        """In a process of its own, because what is feared here ends the process; with a limit on the
        processor's time, which other programs do not use up.

        Seen to fail when `between_values` looked through all values for each hash sign.
        """
        done = subprocess.run(
            [sys.executable, "-c", _PROBE], input=content.encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout.decode().strip() == code


_PROBE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
from portalsync.config.yaml import parse
from portalsync.errors import InvalidConfig
try:
    parse(sys.stdin.buffer.read(), "f")
    print()
except InvalidConfig as error:
    print(error.diagnostics[0].code)
"""


class TestFindings:
    def test_all_duplicates_at_once(self) -> None:
        first, second = findings("a: 1\nb: {c: 1, c: 2}\na: 2\n")
        assert "line 2, column 5" in str(first.message)
        assert (first.position.line, first.position.column) == (2, 11)
        assert "line 1, column 1" in str(second.message)
        assert second.position == Position(FILE, 3, 1, 1, "a: 2")

    def test_findings_before_the_parser_gives_up_are_kept(self) -> None:
        assert codes("a: &x 1\nb: [\n") == ["yaml-alias", "yaml-syntax"]

    def test_unclosed_quote_points_at_its_start(self) -> None:
        (found,) = findings('a: "x\nb: 1\nc: 2\n')
        assert (found.position.line, found.position.column) == (1, 4)

    def test_columns_count_characters(self) -> None:
        (found,) = findings('"😀ö": &x 1\n')
        assert (found.position.column, found.position.length) == (7, 4)

    def test_long_line_is_cut_around_the_position(self) -> None:
        (found,) = findings("a: [" + "x, " * 500 + "&y z]")
        assert found.position.source[SOURCE_LEAD + 1 :].startswith("&y z]")
        assert len(found.position.source) <= SOURCE_WIDTH + 2

    def test_long_names_are_cut(self) -> None:
        (found,) = findings("a: &" + "x" * 10_000 + " 1\n")
        assert len(str(found.message)) < 200


class TestPlaces:
    TEXT = "a: 1\nbox:\n  ünicode: 'x'\n  links: [one, {to: two}]\nitems:\n- id: x\n- |\n  long\n"

    @pytest.mark.parametrize(
        ("path", "key", "value"),
        [
            ((), (1, 1), (1, 1)),
            (("a",), (1, 1), (1, 4)),
            (("box",), (2, 1), (3, 3)),
            (("box", "ünicode"), (3, 3), (3, 12)),
            (("box", "links", 0), (4, 11), (4, 11)),
            (("box", "links", 1, "to"), (4, 17), (4, 21)),
            (("items", 0), (6, 3), (6, 3)),
            (("items", 0, "id"), (6, 3), (6, 7)),
            (("items", 1), (7, 3), (7, 3)),
            (("box", "missing", "deeper"), (2, 1), (3, 3)),
            (("items", 5), (5, 1), (6, 1)),
        ],
    )
    def test_positions(
        self, path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]
    ) -> None:
        parsed = parse(self.TEXT.encode(), FILE)
        assert line_column(parsed.key_position(path)) == key
        assert line_column(parsed.value_position(path)) == value

    def test_length_and_source(self) -> None:
        position = parse(self.TEXT.encode(), FILE).value_position(("box", "ünicode"))
        assert position == Position(FILE, 3, 12, 3, "  ünicode: 'x'", 11)

    def test_equal_data_is_equal(self) -> None:
        assert parse(b"a: 1\n", FILE) == parse(b"# x\n{a: 1}\n", "other.yaml")


def line_column(position: Position) -> tuple[int, int]:
    return (position.line, position.column)


TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Co"],
        exclude_characters="\u115f\u1160\u17b4\u17b5\u3164\uffa0",  # letters and marks that show nothing
    )
)
# PyYAML writes other keys in the long form, with a `?`.
KEY = TEXT.filter(lambda key: 0 < len(key) < 100)
INTEGER = st.integers(-(2**53) + 1, 2**53 - 1)
FLOAT = st.floats(allow_nan=False, allow_infinity=False)
# PyYAML tags floats that have an exponent and no point, as YAML 1.1 takes those for texts.
SHORT_FLOAT = st.floats(-1e9, 1e9).map(lambda number: round(number, 3))


def json_data(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[object]:
    return st.recursive(
        st.none() | st.booleans() | numbers | TEXT,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
        max_leaves=12,
    )


PIECES = (
    *(
        "a",
        "b: ",
        "- ",
        "-",
        ": ",
        "?",
        "# c",
        "#",
        "\n",
        "\n  ",
        " ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "|",
    ),
    *(
        ">-",
        "\n\n",
        "---",
        "...",
        "\\",
        "1",
        "%",
        "!",
        "&x",
        "*x",
        "<<: ",
        "é",
        "\r\n",
        "\x00",
        "\u200b",
        "022",
    ),
)
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(st.binary() | st.text().map(str.encode) | YAMLISH.map(str.encode))
def test_every_input_is_parsed_or_refused(content: bytes) -> None:
    outcome = parsed_or_refused(content)
    if not isinstance(outcome, Parsed):
        assert outcome
        assert all(item.code.startswith("yaml-") for item in outcome)


def parsed_or_refused(content: bytes) -> Parsed | tuple[Diagnostic, ...]:
    try:
        return parse(content, FILE)
    except InvalidConfig as error:
        return error.diagnostics


@given(json_data(INTEGER | FLOAT), st.sampled_from([None, 0, 2]))
def test_json_text_is_yaml(data: object, indent: int | None) -> None:
    """JSON is YAML: it is read as JSON reads it, but for floats written otherwise than Python writes them."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    if len(text) < 1000:  # the longest key that YAML takes without a `?`
        assert repr(parse(text.encode(), FILE).data) == repr(json.loads(text))


@given(json_data(INTEGER | SHORT_FLOAT))
def test_block_style_survives(data: object) -> None:
    """All text is quoted, because PyYAML leaves the quotes off where YAML 1.1 does not need them."""
    text = yaml.dump(data, Dumper=_Quoting, allow_unicode=True, sort_keys=False, width=10_000)
    assert parse(text.encode(), FILE).data == data


class _Quoting(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- every object is written out
        return True


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Quoting.add_representer(str, _quoted)


@given(json_data(INTEGER))
def test_positions_show_the_text(data: object) -> None:
    text = yaml.dump(data, Dumper=_Quoting, allow_unicode=True, sort_keys=False, width=10_000)
    parsed = parse(text.encode(), FILE)
    for path, key in _keys(data, ()):
        position = parsed.key_position(path)
        line = text.split("\n")[position.line - 1]
        assert yaml.safe_load(line[position.column - 1 :][: position.length]) == key


def _keys(data: object, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, dict):
        return [
            found
            for key, value in data.items()
            for found in [((*path, key), key), *_keys(value, (*path, key))]
        ]
    if isinstance(data, list):
        return [found for index, value in enumerate(data) for found in _keys(value, (*path, index))]
    return []


def test_a_key_in_a_message_keeps_what_nobody_sees() -> None:
    """Views write it out; a blank in its place would hide it."""
    with pytest.raises(InvalidConfig) as refused:
        parse(b'"a\\u202eb": 1\n"a\\u202eb": 2\n', "x.yaml")
    assert "a\\u202eb" in visible(str(refused.value.diagnostics[0].message))
