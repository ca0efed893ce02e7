"""All formats: each is one object, of all results, and text that no runner obeys."""

import json
import re
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from pkgutil import iter_modules

import pytest
from tests.unit.views.hostile import HOSTILE, all_hostile
from tests.unit.views.test_github import obeyed

import portalsync
from portalsync.lexicon import lexicon_of
from portalsync.views import formats
from portalsync.views.format import Format, Result
from portalsync.views.formats import CHECKS, FINDINGS, FORMATS, RESULTS, TERMINAL
from portalsync.views.report import Report
from portalsync.views.screen import Screen
from portalsync.visible import inert

LINES = re.compile(r"\r\n|[\r\n]")
MODULES = sorted(module.name for module in iter_modules(formats.__path__))
QUIET = [each for each in FINDINGS.values() if not each.is_commands]


def named(value: object) -> str:
    return value.name if isinstance(value, Format) else str(value)


@pytest.mark.parametrize("module", MODULES)
def test_every_format_is_named_as_its_file(module: str) -> None:
    assert FORMATS[module].name == module


def test_every_format_file_is_listed() -> None:
    assert sorted(FORMATS) == MODULES, "add it to FORMATS in views/formats/__init__.py"


def test_a_format_is_offered_for_what_it_is_for() -> None:
    """Seen to fail when Markdown was missing among those of checks."""
    forms = FORMATS.items()
    assert [*FINDINGS] == [name for name, form in forms if form.findings]
    assert [*RESULTS] == [name for name, form in forms if form.results]
    assert [*CHECKS] == [name for name, form in forms if form.checks]


@pytest.mark.parametrize("form", FORMATS.values(), ids=named)
def test_a_format_is_for_something_and_says_what_it_is(form: Format) -> None:
    assert form.findings or form.results
    assert re.fullmatch(r"[A-Z].+[.]", form.description)


@pytest.mark.parametrize("form", FORMATS.values(), ids=named)
def test_what_a_format_is_not_for_it_refuses(form: Format) -> None:
    result = Result(lambda: Report("Title", ()), lambda: (b"{", b"}\n"))
    with nullcontext() if form.findings else pytest.raises(TypeError, match=form.name):
        assert form.of_findings([], lexicon_of("en"), Screen()).endswith("\n") or form.is_commands
    with nullcontext() if form.results else pytest.raises(TypeError, match=form.name):
        assert "".join(form.of_result(result, lexicon_of("en"), Screen())).endswith("\n")


def test_what_is_read_on_terminals_is_one_format() -> None:
    """What people read beside commands for a runner, of every kind of result."""
    assert [name for name, form in FORMATS.items() if form.is_for_terminals] == [TERMINAL]
    assert TERMINAL in FINDINGS.keys() & RESULTS.keys()


def test_no_format_is_named_outside_of_its_file() -> None:
    """A command asks the format what it is, so that the next one needs no second place.

    Seen to fail for `form == "github"` in `validate`.
    """
    compared = Counter(
        (path.relative_to(SOURCE).as_posix(), match[0])
        for room in ("cli", "views")
        for path in (SOURCE / room).rglob("*.py")
        for match in COMPARED.finditer(path.read_text(encoding="utf-8"))
    )
    assert compared == {}


SOURCE = Path(portalsync.__file__).parent
COMPARED = re.compile(rf"""form\w*(?:\.name)? [=!]= ["'](?:{"|".join(FORMATS)})["']""")


@pytest.mark.parametrize("form", FINDINGS.values(), ids=named)
def test_every_format_of_findings_renders_hostile_ones(form: Format) -> None:
    assert form.of_findings(all_hostile(), lexicon_of("en"), Screen()).endswith("\n")


@pytest.mark.parametrize("form", QUIET, ids=named)
def test_no_line_is_a_command(form: Format) -> None:
    output = inert(form.of_findings(all_hostile(), lexicon_of("en"), Screen()))
    assert [line for line in LINES.split(output) if obeyed(line)] == []
    assert not re.search(r"##(vso|teamcity)?\[", output)


@pytest.mark.parametrize("lead", ["", " ", "\t ", "\u3000", "\u00a0", "\x1b[31m", "\x1b[1m \x1b[0m"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_command_at_the_start_of_a_line(lead: str, end: str) -> None:
    text = f"a{end}{lead}::error::x{end}b"
    assert inert(text) == f"a{end}{lead}\\u003a:error::x{end}b"


@pytest.mark.parametrize("sign", ["##[", "##vso[", "##teamcity[", "###[", "####["])
def test_a_command_anywhere(sign: str) -> None:
    shown = inert(f"a {sign}set-output name=x]y")
    assert not re.search(r"##(vso|teamcity)?\[", shown)
    assert shown.endswith("set-output name=x]y")


@pytest.mark.parametrize(
    "text", ["9:00", "a::b", "x ::error::y", "# heading", "## [x]", "## 2", ":", "a\n:b"]
)
def test_what_is_no_command_stays(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_json_keeps_its_values(text: str) -> None:
    assert json.loads(inert(json.dumps([text], ensure_ascii=False))) == [text]
