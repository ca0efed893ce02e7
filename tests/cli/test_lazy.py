"""What no command was asked for loads no command: help, completion and slips of the hand are quick."""

import subprocess
import sys
from pathlib import Path

import pytest

from portalsync.cli import COMMANDS, commands

EXAMPLE = Path(__file__).parents[2] / "portal-config"
HEAVY = (
    "alembic",
    "babel",
    "deepdiff",
    "httpx2",
    "importlib.metadata",
    "jinja2",
    "jsonschema",
    "rich",
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "yaml",
    "portalsync.catalog",
    "portalsync.cli.commands",
    "portalsync.cli.results",
    "portalsync.cli.workspace",
    "portalsync.config",
    "portalsync.model",
    "portalsync.pipeline",
    "portalsync.planning",
)


NOT_TO_VALIDATE = (
    "alembic",
    "deepdiff",
    "httpx2",
    "importlib.metadata",
    "jinja2",
    "jsonschema",
    "markdown_it",
    "multiprocessing",
    "nh3",
    "rich",
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "portalsync.backend.protocol",
    "portalsync.planning",
    "portalsync.portal.render",
    "portalsync.server",
    "portalsync.wire",
)
OF_A_PLAN = ("portalsync.backend.protocol", "portalsync.planning", "portalsync.server", "portalsync.wire")


def loaded(arguments: str) -> set[str]:
    """The modules that a call of the program imports, whatever it prints."""
    script = f"""
import sys
from portalsync.cli import run
try:
    run({arguments.split()!r})
finally:
    print("", *sys.modules, file=sys.stderr)
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {*done.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize("arguments", ["--help", "--help --lang=de", "--version", "pln", "--wrong", ""])
def test_no_command_is_loaded_for(arguments: str) -> None:
    found = loaded(arguments)
    assert "portalsync.cli.program" in found
    assert not {*HEAVY} & found


def test_what_fits_is_validated_without_the_judge(tmp_path: Path) -> None:
    """Nor does it take a page, a plan or a portal. Seen to fail when every file went to the judge."""
    (tmp_path / "firms").mkdir()
    (tmp_path / "portalsync.yaml").write_text((EXAMPLE / "portalsync.yaml").read_text())
    (tmp_path / "firms" / "oak.yaml").write_text("apiVersion: portalsync/v1\nkind: Firm\nid: oak\n")
    found = loaded(f"validate --config {tmp_path}")
    assert "portalsync.pipeline.check" in found
    assert not {*NOT_TO_VALIDATE} & found


NOT_TO_FIND_NOTHING = (
    *(each for each in NOT_TO_VALIDATE if each not in {*OF_A_PLAN}),
    "asyncio",
    "portalsync.portal.templates",
    "portalsync.server.in_process",
    "portalsync.server.tables",
)


def test_a_plan_that_finds_little_to_do_starts_no_portal(tmp_path: Path) -> None:
    """Seen to fail when the portal was started to be asked for a list, and for what a firm has."""
    (tmp_path / "firms").mkdir()
    (tmp_path / "portalsync.yaml").write_text((EXAMPLE / "portalsync.yaml").read_text())
    firm = "apiVersion: portalsync/v1\nkind: Firm\nid: oak\noptions:\n  chat: {clients_can_start: true}\n"
    (tmp_path / "firms" / "oak.yaml").write_text(firm)
    (tmp_path / "facts").mkdir()
    facts = "apiVersion: portalsync/v1\nkind: Facts\nfirm: oak\ncurrency: EUR\n"
    (tmp_path / "facts" / "oak.yaml").write_text(facts)
    loaded(f"apply --config {tmp_path} --yes")
    assert (tmp_path / ".portalsync" / "portal.db").is_file()
    found = loaded(f"plan --config {tmp_path}")
    assert "portalsync.server.at_rest" in found
    assert not {*NOT_TO_FIND_NOTHING} & found
    (tmp_path / "firms" / "oak.yaml").write_text(firm.replace("true", "false"))
    found = loaded(f"plan --config {tmp_path}")
    assert "portalsync.server.states_at_rest" in found
    assert not {"asyncio", "httpx2", "sqlalchemy", "starlette"} & found


def test_help_about_a_plan_starts_no_portal() -> None:
    found = loaded("plan --help")
    assert "portalsync.cli.commands.plan" in found
    assert not {"alembic", "deepdiff", "httpx2", "sqlalchemy", "starlette", "uvicorn"} & found


def test_the_shells_complete_commands_without_loading_one() -> None:
    asked = {"_PORTALSYNC_COMPLETE": "bash_complete", "COMP_WORDS": "portalsync pr", "COMP_CWORD": "1"}
    script = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); \
import portalsync.cli; portalsync.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=asked
    )
    assert done.stdout == "plain,preview\n"
    assert not {*HEAVY} & {*done.stderr.split()}


def test_a_command_loads_no_other() -> None:
    found = loaded("fmt --help")
    others = {f"portalsync.cli.commands.{name.replace('-', '_')}" for name in COMMANDS} & found
    assert others == {"portalsync.cli.commands.fmt"}


def test_validating_a_few_firms_loads_no_planning_and_starts_no_processes() -> None:
    """Seen to fail when a digest stood in the module that plans."""
    found = loaded(f"validate --no-cache --config {EXAMPLE}")
    assert "portalsync.pipeline.check" in found
    assert not {*NOT_TO_VALIDATE} & found


def test_every_file_of_a_command_is_listed_and_every_listed_command_has_a_file() -> None:
    files = {path.stem for path in Path(str(commands.__file__)).parent.glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in COMMANDS} == files


@pytest.mark.parametrize("name", COMMANDS)
def test_a_listed_command_has_its_name(name: str) -> None:
    assert COMMANDS[name].name == name
