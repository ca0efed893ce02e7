"""`portalsync fmt`: files change, or are shown to be about to; nothing in between."""

from pathlib import Path

import pytest
from tests.cli.conftest import Cli, everything

from portalsync.config import format as config_format

OAK = Path("portal-config/firms/oak.yaml")
MESSY = b"\xef\xbb\xbf# The oak.\r\nid: oak  \r\nkind: Firm\t\r\napiVersion: portalsync/v1"
NEAT = b"# The oak.\napiVersion: portalsync/v1\nkind: Firm\nid: oak\n"


def test_the_example_and_the_base_of_the_cases_are_in_their_look(cli: Cli) -> None:
    root = Path(__file__).parents[2]
    for folder in ("portal-config", "tests/cases/validate/base"):
        found = cli("fmt", "--check", f"--config={root / folder}")
        assert (found.code, found.out) == (0, "")


@pytest.mark.usefixtures("world")
def test_changes_files_that_are_named_and_no_others(cli: Cli) -> None:
    OAK.write_bytes(MESSY)
    Path("portal-config/defaults.yaml").write_bytes(MESSY)
    before = everything(Path.cwd())
    found = cli("fmt", str(OAK))
    assert (found.code, found.out, found.err) == (0, "", "1 file of 1 changed.\n")
    assert everything(Path.cwd()) == {**before, str(OAK.absolute()): NEAT}


@pytest.mark.usefixtures("world")
def test_changes_all_files_when_none_is_named(cli: Cli) -> None:
    OAK.write_bytes(MESSY)
    assert cli("fmt").err.startswith("1 file of ")
    assert OAK.read_bytes() == NEAT
    assert cli("fmt").err.startswith("0 files of ")


@pytest.mark.usefixtures("world")
def test_check_shows_every_difference_and_changes_nothing(cli: Cli) -> None:
    OAK.write_bytes(MESSY)
    found = cli("fmt", "--check", str(OAK))
    assert (found.code, found.err) == (1, "1 file of 1 would change.\n")
    assert found.out.splitlines() == [
        f"--- {OAK}",
        f"+++ {OAK}",
        "@@ -1,5 +1,4 @@",
        "-\\ufeff# The oak.␍",
        "-id: oak··␍",
        "-kind: Firm→␍",
        "+# The oak.",
        " apiVersion: portalsync/v1",
        "-\\ no line break at the end",
        "+kind: Firm",
        "+id: oak",
    ]
    assert OAK.read_bytes() == MESSY


@pytest.mark.usefixtures("world")
def test_one_file_that_cannot_be_read_leaves_all_as_they_were(cli: Cli) -> None:
    OAK.write_bytes(MESSY)
    Path("portal-config/firms/zelkova.yaml").write_bytes(b"id: a\nid: b\n")
    before = everything(Path.cwd())
    for files in ((), (str(OAK), "portal-config/firms/zelkova.yaml")):
        found = cli("fmt", *files)
        assert found.code == 3
        assert "error[yaml-duplicate-key]" in found.err
        assert "--> portal-config/firms/zelkova.yaml:2:1" in found.err
    assert everything(Path.cwd()) == before


@pytest.mark.usefixtures("world")
def test_an_edit_that_would_say_something_else_is_a_bug_and_not_written(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    OAK.write_bytes(MESSY)
    monkeypatch.setattr(config_format, "_modeline_first", lambda source: source.text.replace("oak", "elm"))
    assert cli("fmt", str(OAK)).code == 70
    assert OAK.read_bytes() == MESSY


@pytest.mark.usefixtures("world")
def test_an_interrupted_write_leaves_the_old_file(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    OAK.write_bytes(MESSY)
    before = everything(Path.cwd())
    monkeypatch.setattr("os.fsync", interrupted)
    assert cli("fmt", str(OAK)).code == 130
    assert everything(Path.cwd()) == before


@pytest.mark.usefixtures("world")
def test_keeps_permissions_and_links(cli: Cli) -> None:
    OAK.write_bytes(MESSY)
    OAK.chmod(0o640)
    link = Path("link.yaml")
    link.symlink_to(OAK)
    assert cli("fmt", "link.yaml").code == 0
    assert link.is_symlink()
    assert OAK.read_bytes() == NEAT
    assert OAK.stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    found = cli("fmt", str(tmp_path / "none.yaml"))
    assert found.code == 1
    assert "cannot be read" in found.err


def test_hostile_names_are_shown_and_do_nothing(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a\x1b[31m\nb.yaml").write_bytes(MESSY)
    out = cli("fmt", "--check", "a\x1b[31m\nb.yaml").out
    assert "\x1b" not in out
    assert "--- a\\u001b[31m ⏎ b.yaml" in out


def test_colours_only_beside_the_signs(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    (tmp_path / "a.yaml").write_bytes(MESSY)
    lines = cli("fmt", "--check", str(tmp_path / "a.yaml")).out.splitlines()
    assert "\x1b[32m+kind: Firm\x1b[0m" in lines
    assert "\x1b[31m-id: oak··␍\x1b[0m" in lines
