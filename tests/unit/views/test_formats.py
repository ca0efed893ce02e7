"""All formats of findings, and text that no runner obeys."""

import json
import re

import pytest
from tests.unit.views.hostile import HOSTILE, all_hostile
from tests.unit.views.test_github import obeyed

from portalsync.views.formats import FINDINGS, FROM_THE_TOP, REPORTS, render_findings
from portalsync.visible import inert

LINES = re.compile(r"\r\n|[\r\n]")


@pytest.mark.parametrize("form", FINDINGS)
def test_every_format_renders(form: str) -> None:
    assert render_findings([], form, "en").endswith("\n") or form == "github"
    assert render_findings(all_hostile(), form, "en").endswith("\n")
    assert {*FINDINGS} >= FROM_THE_TOP
    assert {"text", "json"} <= {*REPORTS} & {*FINDINGS}


@pytest.mark.parametrize("form", [form for form in FINDINGS if form != "github"])
def test_no_line_is_a_command(form: str) -> None:
    output = inert(render_findings(all_hostile(), form, "en"))
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
