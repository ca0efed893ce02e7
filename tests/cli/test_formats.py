"""Formats of the command line: what they hold, where they go, and that none changes how a command ends."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import AT, Cli, everything
from tests.unit.views.hostile import HOSTILE
from tests.unit.views.test_github import obeyed

from portalsync.cli.output import show, tell
from portalsync.errors import ExitCode
from portalsync.resources import folder
from portalsync.views.formats import FINDINGS, RESULTS

CONFIG = Path("portal-config")
OAK = CONFIG / "firms" / "oak.yaml"


def published(name: str, text: str) -> None:
    """The text is JSON, and as the published format says."""
    (path,) = folder("schemas").glob(f"{name}.v*.schema.json")
    checker = Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
    assert [error.message for error in checker.iter_errors(json.loads(text))] == []


def wrong() -> None:
    OAK.write_text(OAK.read_text().replace("method: card", "method: cash"))


def warned() -> None:
    (CONFIG / "defaults.yaml").write_text(
        (CONFIG / "defaults.yaml").read_text().replace("locales: [en]", "locales: [en, de]")
        + "  announcements:\n    items: [{id: a, title: {en: A}, body: {en: B}}]\n"
    )


def gone() -> None:
    shutil.rmtree(CONFIG)


CONFIGURATIONS: dict[str, tuple[Callable[[], object], ExitCode]] = {
    "valid": (lambda: None, ExitCode.DONE),
    "warnings": (warned, ExitCode.DONE),
    "invalid": (wrong, ExitCode.INVALID),
    "unreadable": (gone, ExitCode.INVALID),
}


@pytest.mark.parametrize("form", FINDINGS)
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_validate_ends_alike_in_every_format(name: str, form: str, world: Path, cli: Cli) -> None:
    """The exit code is that of the configuration, printed or saved."""
    arrange, code = CONFIGURATIONS[name]
    arrange()
    printed = cli("validate", f"--format={form}", AT)
    saved = cli("validate", f"--output-file={form}=out/findings", AT)
    assert printed.code == saved.code == code
    written = (world / "out" / "findings").read_text()
    if not (FINDINGS[form].is_for_terminals or FINDINGS[form].is_commands):
        assert printed.out == written
    if form == "json":
        published("findings", written)


def test_all_formats_in_one_run(world: Path, cli: Cli) -> None:
    """Each file is what its format prints; what is printed besides stays text."""
    wrong()
    plain = cli("validate", AT)
    result = cli("validate", *(f"--output-file={form}=out/{form}" for form in FINDINGS), AT)
    assert result == plain
    assert (world / "out" / "text").read_text() == plain.out
    assert (world / "out" / "github").read_text() == cli("validate", "--format=github", AT).out
    assert sorted(path.name for path in (world / "out").iterdir()) == sorted(FINDINGS)


def test_github_gets_commands_and_the_log_gets_the_report(world: Path, cli: Cli) -> None:
    del world
    wrong()
    result = cli("validate", "--format=github", AT)
    (line,) = result.out.splitlines()
    read = obeyed(line)
    assert read is not None
    assert read[0] == "error"
    assert read[1]["file"] == "portal-config/firms/oak.yaml"
    assert result.err == cli("validate", AT).out


def test_files_are_named_from_the_top_of_the_repository(
    world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI's readers find the file, wherever in the repository the command runs."""
    wrong()
    (world / ".git").mkdir()
    (world / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(world / "deep" / "er")
    for form in (name for name, each in FINDINGS.items() if each.is_from_the_top):
        out = cli("validate", "--config=../../portal-config", f"--format={form}", AT).out
        assert "portal-config/firms/oak.yaml" in out
        assert ".." not in out
    assert "../../portal-config/firms/oak.yaml" in cli("validate", "--config=../../portal-config", AT).out


@pytest.mark.parametrize("form", RESULTS)
def test_plan_show_and_apply_end_alike_in_every_format(form: str, world: Path, cli: Cli) -> None:
    """And what they print is what they save."""
    printed = cli("plan", "--detailed-exitcode", f"--format={form}", f"--output-file={form}=p", AT)
    assert printed.code == ExitCode.CHANGES
    assert (world / "p").read_text().split() == printed.out.split()
    shown = cli("show", "plan.json", f"--format={form}", f"--output-file={form}=s")
    assert shown.code == ExitCode.DONE
    assert (world / "s").read_text().split() == shown.out.split() == printed.out.split()
    applied = cli("apply", "plan.json", f"--format={form}", f"--output-file={form}=r", AT)
    assert applied.code == ExitCode.DONE
    assert (world / "r").read_text().split() == applied.out.split()
    assert cli("apply", "plan.json", f"--format={form}", AT).code == ExitCode.DONE
    assert cli("plan", "--detailed-exitcode", f"--format={form}", AT).code == ExitCode.DONE
    if form == "json":
        published("plan", printed.out)
        published("receipt", applied.out)


def test_json_of_apply_is_only_json(world: Path, cli: Cli) -> None:
    """The plan that --yes shows before is narration there."""
    result = cli("apply", "--yes", "--format=json", AT)
    assert result.code == 0
    published("receipt", result.out)
    assert "Plan for local" in result.err
    assert world.exists()


USAGE = {
    "no format": ("validate", "--output-file=findings.json"),
    "unknown format": ("validate", "--output-file=xml=findings.xml"),
    "a plan has no SARIF": ("plan", "--output-file=sarif=plan.sarif"),
    "no file": ("plan", "--output-file=json="),
    "a folder": ("plan", "--output-file=json=portal-config"),
    "two into one": ("plan", "--output-file=json=a", "--output-file=text=./a"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_use(name: str, world: Path, cli: Cli) -> None:
    before = everything(world)
    result = cli(*USAGE[name], AT)
    assert result.code == ExitCode.USAGE
    assert "--output-file" in result.err
    assert everything(world) == before


def test_the_variable_takes_several(world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALSYNC_OUTPUT_FILE", os.pathsep.join(("json=a b.json", "text=c.txt")))
    assert cli("plan", AT).code == 0
    assert (world / "a b.json").read_text() == cli("show", "plan.json", "--format=json").out
    assert (world / "c.txt").exists()


def test_a_file_that_cannot_be_written(world: Path, cli: Cli) -> None:
    """It is an error, the other files are whole, and no scrap is left."""
    (world / "file").touch()
    result = cli("plan", "--output-file=json=file/p", "--output-file=text=good", AT)
    assert result.code == ExitCode.ERROR
    assert "file/p could not be written" in result.err
    assert (world / "good").exists()


def test_apply_ends_as_it_ended_though_a_file_cannot_be_written(world: Path, cli: Cli) -> None:
    (world / "file").touch()
    result = cli("apply", "plan.json", "--output-file=json=file/r", AT)
    assert result.code == ExitCode.ERROR
    assert "file/r could not be written" in result.err
    assert "1 firm is as planned" in result.out


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_on_any_stream_is_a_command(text: str, world: Path, cli: Cli) -> None:
    """A firm's name, a file's name and a wrong value, in every command and format: nothing is obeyed."""
    name = "".join(char for char in text if char not in "\x00/")[:40].encode("utf-8", "ignore").decode()
    quoted = json.dumps(text.encode("utf-8", "ignore").decode())
    OAK.write_text(OAK.read_text().replace("method: card", f"method: {quoted}"))
    (CONFIG / "firms" / f"{name}.yaml").write_text("")
    for form in FINDINGS:
        result = cli("validate", f"--format={form}", AT)
        assert result.code == ExitCode.INVALID
        _inert(result.err)
        if not FINDINGS[form].is_commands:
            _inert(result.out)
        assert all(
            (read := obeyed(line)) is None or read[0] in ("error", "warning", "notice")
            for line in result.out.splitlines()
        )
    (CONFIG / "firms" / f"{name}.yaml").unlink()
    word = "".join(char for char in text if char not in "\x00\ud800")
    for arguments in (["plan", f"--env={word}"], ["show", f"\n{word}"], ["explain-error", f"\n{word}"]):
        result = cli(*arguments)
        assert result.code in (ExitCode.USAGE, ExitCode.ERROR, ExitCode.INVALID)
        _inert(result.out + result.err)
    assert world.exists()


@pytest.mark.parametrize("text", ["::set-output name=changes::0", "a ::error::b " * 30, "##[add-mask]x"])
def test_plans_of_firms_with_such_names(text: str, world: Path, cli: Cli) -> None:
    """Wrapped text, Markdown, JSON: the name is there, and no line of it is obeyed."""
    name = text[:80].strip()
    OAK.write_text(OAK.read_text().replace("name: Oak & Partners", f"name: {json.dumps(name)}"))
    for form in RESULTS:
        result = cli("plan", f"--format={form}", "--out=p.json", AT)
        assert result.code == 0, result.err
        _inert(result.out + result.err)
        if form == "json":
            assert json.loads(result.out)["firms"][0]["name"] == name
    assert cli("apply", "p.json", AT).code == 0
    assert world.exists()


def test_narration_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is a path or an error of another program in it."""
    tell("Saved to a\n  ::set-output name=changes::0\r::debug::b ##[add-mask]c")
    show(b'{"firm": "##[add-mask]c"}\n')
    shown = capsys.readouterr()
    _inert(shown.err + shown.out)
    assert json.loads(shown.out) == {"firm": "##[add-mask]c"}


def _inert(text: str) -> None:
    lines = [line for part in text.split("\n") for line in part.split("\r")]
    assert [line for line in lines if obeyed(line)] == []
    assert "##[" not in text
    assert "##vso[" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("written", ["yaml-tab", "YAML-TAB", "error[yaml-tab]", "error[yaml-tab]: A tab"])
def test_explain_error(written: str, cli: Cli) -> None:
    result = cli("explain-error", written)
    assert result.code == 0
    assert result.out.startswith("yaml-tab:\n")
    assert "Wrong, firms/oak.yaml:\n    profile:\n    →name: Oak\n" in result.out
    assert "What to do:\n" in result.out
    assert result.err == ""


def test_explain_error_in_german(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    assert "Was zu tun ist:\nLöschen Sie den Tabulator" in cli("explain-error", "yaml-tab").out


def test_explain_error_without_a_code_lists_all(cli: Cli) -> None:
    result = cli("explain-error")
    assert result.code == 0
    assert "\nyaml-tab " in result.out
    assert len(result.out.splitlines()) > 70


@pytest.mark.parametrize(
    ("code", "says"),
    [("yaml-tabs", "Did you mean yaml-tab?"), ("zzzzzz", "`portalsync explain-error` lists all codes.")],
)
def test_unknown_code(code: str, says: str, cli: Cli) -> None:
    result = cli("explain-error", code)
    assert result.code == ExitCode.USAGE
    assert says in result.err
    assert result.out == ""
