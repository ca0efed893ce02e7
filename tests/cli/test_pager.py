"""A long plan on a terminal is read page by page; anywhere else it is printed."""

from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli
from tests.cli.test_terminal import on_terminal

PAGED = Path("paged.txt")
TEE = {"PAGER": f"tee {PAGED}", "LINES": "5", "CI": ""}
COMMANDS = [("plan", AT), ("show", "plan.json")]

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_does_not_fit_goes_to_the_pager(command: tuple[str, ...], cli: Cli) -> None:
    printed = cli(*command).out
    on_terminal(*command, **{**TEE, "NO_COLOR": "1"})
    assert PAGED.read_text().rstrip("\n") == printed.rstrip("\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_fits_is_printed(command: tuple[str, ...], cli: Cli) -> None:
    printed = cli(*command).out
    shown = on_terminal(*command, **{**TEE, "LINES": str(len(printed.splitlines()) + 1), "NO_COLOR": "1"})
    assert not PAGED.exists()
    assert shown == printed
    on_terminal(*command, **{**TEE, "LINES": str(len(printed.splitlines()))})
    assert PAGED.exists()


@pytest.mark.parametrize(
    "variables",
    [{"CI": "true"}, {"CI": "1"}, {"TERM": "dumb"}, {"PORTALSYNC_NO_PAGER": "1"}],
    ids=str,
)
@pytest.mark.parametrize("command", COMMANDS)
def test_where_nobody_turns_pages_all_is_printed(
    command: tuple[str, ...], variables: dict[str, str], cli: Cli
) -> None:
    printed = cli(*command).out
    assert on_terminal(*command, **{**TEE, "NO_COLOR": "1", **variables}) == printed
    assert not PAGED.exists()


@pytest.mark.parametrize("pager", ["", "cat"])
def test_who_wants_no_pager_gets_none(pager: str, cli: Cli) -> None:
    printed = cli("plan", AT).out
    assert on_terminal("plan", AT, **{**TEE, "NO_COLOR": "1", "PAGER": pager}) == printed


@pytest.mark.parametrize("piped", ["stdin", "stdout"])
def test_in_a_pipe_nothing_is_paged(piped: str) -> None:
    on_terminal("plan", AT, piped=piped, **TEE)
    assert not PAGED.exists()


@pytest.mark.parametrize("option", ["--no-pager", "--format=json", "--format=markdown"])
def test_what_is_not_meant_for_terminals_is_not_paged(option: str) -> None:
    on_terminal("plan", AT, option, **TEE)
    assert not PAGED.exists()


def test_less_is_told_to_show_colour(tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text(f'#!/bin/sh\necho "$LESS" > flags.txt\ncat > {PAGED}\n')
    less.chmod(0o755)
    on_terminal("plan", AT, **{**TEE, "PAGER": str(less), "LESS": ""})
    assert Path("flags.txt").read_text() == "-R\n"
    assert "\x1b[" in PAGED.read_text()
    on_terminal("plan", AT, **{**TEE, "PAGER": str(less), "LESS": "", "NO_COLOR": "1"})
    assert "\x1b[" not in PAGED.read_text()


def test_whoever_quits_the_pager_early_has_not_stopped_the_command() -> None:
    assert "Saved to new.json." in on_terminal("plan", AT, "--out=new.json", **{**TEE, "PAGER": "true"})
    assert Path("new.json").exists()


def test_a_pager_that_is_not_there_hides_nothing(cli: Cli) -> None:
    """Another one is taken, or none."""
    shown = on_terminal("plan", AT, **{**TEE, "PAGER": "no-such-pager", "NO_COLOR": "1", "PATH": ""})
    assert cli("plan", AT).out.rstrip("\n") in shown
