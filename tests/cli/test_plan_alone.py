"""A saved plan is applied as it was reviewed: `portalsync.yaml` says where, and no other file has a say."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import AT, DATABASE, Cli

from portalsync.config.yaml import Parsed, parse
from portalsync.errors import ExitCode
from portalsync.server.app import create_app
from portalsync.server.serve import running
from portalsync.server.store import Store

CONFIG = Path("portal-config")
NETWORK = CONFIG / "portalsync.yaml"
OTHERS = {
    "en": "The files in portal-config are not those that the plan was made from. "
    "It is applied as it was reviewed.",
    "de": "Die Dateien in portal-config sind nicht die, aus denen der Plan entstand. "
    "Er wird übertragen, wie er geprüft wurde.",
}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed."""
    names: list[str] = []

    def recorded(content: bytes, file: str) -> Parsed:
        names.append(file)
        return parse(content, file)

    monkeypatch.setattr("portalsync.config.document.parse", recorded)
    return names


@pytest.fixture
def on_a_port(world: Path) -> Iterator[Path]:
    """The portal of the plan, at an address."""
    store = Store.open(DATABASE, lambda: datetime.now(UTC))
    with running(create_app(store, lambda: datetime.now(UTC))) as address:
        text = NETWORK.read_text().replace("backend: embedded", "backend: http")
        NETWORK.write_text(text.replace("database: .portalsync/portal.db", f"url: {address}"))
        yield world
    store.close()


def spoil(*folders: str) -> None:
    """All files of some folders."""
    for folder in folders:
        for file in (CONFIG / folder).glob("*.yaml"):
            file.write_bytes(b"\xff: [")


@pytest.mark.parametrize("language", OTHERS)
def test_every_other_file_may_be_broken(language: str, on_a_port: Path, cli: Cli, parsed: list[str]) -> None:
    """Seen to fail: exit code 3 with the findings of all files, to learn one address."""
    spoil("firms", "groups", "facts", "personas")
    (CONFIG / "defaults.yaml").unlink()
    (CONFIG / "firms" / "notes.yml").touch()
    assert cli("validate", AT).code == ExitCode.INVALID
    del parsed[:]
    result = cli("apply", "plan.json", f"--lang={language}")
    assert result.code == 0, result.err
    assert parsed == ["portalsync.yaml"]
    assert " ".join(result.err.split()) == OTHERS[language]
    assert on_a_port.exists()


def test_of_the_embedded_portal_what_it_is_made_of_is_read_too(
    world: Path, cli: Cli, parsed: list[str]
) -> None:
    """Sample clients, and facts whose files are not those that it knows already."""
    spoil("firms", "groups")
    del parsed[:]
    result = cli("apply", "plan.json")
    assert result.code == 0, result.err
    assert {Path(name).parent.name for name in parsed} == {"", "personas"}
    spoil("facts")
    broken = cli("apply", "plan.json")
    assert broken.code == ExitCode.INVALID
    assert "portal-config/facts/oak.yaml" in broken.err
    assert world.exists()


def test_of_the_files_that_it_was_made_from_nothing_is_said(world: Path, cli: Cli) -> None:
    assert cli("plan", AT, "--out=plan.json").code == 0
    assert cli("apply", "plan.json").err == ""
    with (CONFIG / "defaults.yaml").open("a") as file:
        file.write("# later\n")
    again = cli("apply", "plan.json")
    assert (again.code, " ".join(again.err.split())) == (0, OTHERS["en"])
    assert world.exists()


def test_without_portalsync_yaml_there_is_no_portal(world: Path, cli: Cli) -> None:
    NETWORK.write_text(NETWORK.read_text().replace("default_environment: local", "default_environment: moon"))
    result = cli("apply", "plan.json")
    assert result.code == ExitCode.INVALID
    assert "portal-config/portalsync.yaml:" in result.err
    NETWORK.unlink()
    assert cli("apply", "plan.json").code == ExitCode.INVALID
    assert world.exists()


def test_a_group_asks_the_files(world: Path, cli: Cli) -> None:
    """Who is in it is not in the plan; a firm by name is."""
    spoil("groups")
    assert cli("apply", "plan.json", "--group=north").code == ExitCode.INVALID
    assert cli("apply", "plan.json", "--firm=oak").code == 0
    assert world.exists()
