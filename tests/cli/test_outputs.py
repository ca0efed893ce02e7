"""What commands write never lands in a configuration."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli, everything

FIRM = "portal-config/firms/oak.yaml"
INSIDE = {
    "a plan over a firm": ["plan", AT, f"--out={FIRM}"],
    "a new file of a firm": ["plan", AT, "--out=portal-config/firms/new.yaml"],
    "a review over the network": ["preview", AT, "--out=portal-config/portalsync.yaml"],
    "a folder of pages": ["preview", AT, "--dir=portal-config/pages"],
    "pages in place of the configuration": ["preview", AT, "--dir=portal-config"],
    "a plan in a format": ["plan", AT, f"--output-file=json={FIRM}"],
    "findings": ["validate", AT, "--output-file=sarif=portal-config/defaults.yaml"],
    "a saved plan in a format": ["show", "plan.json", f"--output-file=markdown={FIRM}"],
    "a receipt": ["apply", "plan.json", f"--output-file=json={FIRM}"],
    "a summary": ["comment", "--plan=plan.json", f"--summary={FIRM}"],
    "outputs of a step": ["comment", "--plan=plan.json", f"--outputs={FIRM}"],
    "outputs of a review": ["reviewed", f"--outputs={FIRM}"],
    "schemas": ["schema", "--write=portal-config/firms"],
    "the reference": ["docs", "--write=portal-config/groups/docs"],
    "the demo": ["demo", "--dir=portal-config/demo"],
    "behind a link": ["plan", AT, "--out=link.json"],
    "through a linked folder": ["preview", AT, "--out=elsewhere/x.yaml"],
    "by a way around": ["plan", AT, "--out=portal-config/.portalsync/../firms/x.yaml"],
}


@pytest.mark.parametrize("name", INSIDE)
def test_nothing_is_written_into_a_configuration(name: str, world: Path, cli: Cli) -> None:
    (world / "link.json").symlink_to(FIRM)
    (world / "elsewhere").symlink_to("portal-config/firms")
    before = everything(world)
    result = cli(*INSIDE[name])
    assert (result.code, result.out) == (64, "")
    assert "is inside a configuration" in " ".join(result.err.split())
    assert everything(world) == before


@pytest.mark.parametrize("name", ["portal.db", "portal.db-wal", "portal.db-shm", "kept", "new.db", ""])
@pytest.mark.parametrize(
    "command", [["plan", "--out"], ["preview", "--out"], ["preview", "--dir"], ["demo", "--dir"]]
)
def test_no_output_takes_the_place_of_a_portal(command: list[str], name: str, world: Path, cli: Cli) -> None:
    """The database by its name or by what is in it, what belongs to it, and the folder."""
    own = world / "portal-config" / ".portalsync"
    shutil.copy(own / "portal.db", own / "kept")
    before = everything(world)
    result = cli(*command[:-1], f"{command[-1]}={own / name}")
    assert (result.code, result.out) == (64, "")
    assert everything(world) == before


def test_a_file_beside_the_portal_may_be_written(world: Path, cli: Cli) -> None:
    out = world / "portal-config" / ".portalsync" / "plan.json"
    assert cli("plan", AT, f"--out={out}").code == 0
    assert cli("apply", str(out)).code == 0


def test_a_demo_makes_only_its_own_files_anew(tmp_path: Path, cli: Cli) -> None:
    """Whoever works in the folder of an earlier demo keeps what they put there."""
    folder = tmp_path / "demo"
    assert cli("demo", f"--dir={folder}").code == 0
    mine = [
        folder / "notes.txt",
        folder / "portal-config" / "notes" / "plan.md",
        folder / "preview" / "CNAME",
    ]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    firm = folder / "portal-config" / "firms" / "berger-lindner.yaml"
    edited = firm.read_text()
    gone = folder / "portal-config" / "personas" / "doctor.yaml"
    gone.unlink()
    again = cli("demo", f"--dir={folder}")
    assert again.code == 0, again.err
    assert [path.read_text() for path in mine] == ["mine"] * 3
    assert gone.exists()
    assert firm.read_text() == edited
    assert "14 of 14 firms change" in again.out
    (folder / "portal-config" / "firms" / "berger-lindner.yaml").unlink()
    (folder / ".portalsync-demo").unlink()
    before = everything(folder)
    assert cli("demo", f"--dir={folder}").code == 1
    assert everything(folder) == before


def test_what_preview_writes_by_itself_is_not_written_into_one_either(
    world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world / "portal-config")
    before = everything(world)
    assert cli("preview", AT, "--config=.").code == 64
    assert everything(world) == before
    assert cli("preview", AT, "--config=.", "--dir=../pages").code == 0
    assert not (world / "portal-config" / "preview.html").exists()


def test_a_variable_writes_nothing_into_one_either(
    world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(world)
    monkeypatch.setenv("PORTALSYNC_PLAN_OUT", FIRM)
    result = cli("plan", AT)
    assert result.code == 64
    assert "PORTALSYNC_PLAN_OUT" in result.err
    assert everything(world) == before


@pytest.mark.usefixtures("world")
def test_what_portalsync_keeps_for_itself_may_hold_a_plan(cli: Cli) -> None:
    file = "portal-config/.portalsync/plan.json"
    assert cli("plan", AT, f"--out={file}").code == 0
    assert cli("show", file).code == 0


@pytest.mark.parametrize(
    "arguments",
    [["plan", AT, "--out=-"], ["preview", AT, "--dir=-"], ["plan", AT, "--output-file=json=-"]],
    ids=["a plan", "a folder", "a format"],
)
def test_a_dash_is_no_file(arguments: list[str], world: Path, cli: Cli) -> None:
    before = everything(world)
    result = cli(*arguments)
    assert result.code == 64
    assert "- is not the name of a file." in result.err
    assert everything(world) == before


def test_a_file_may_be_called_dash(world: Path, cli: Cli) -> None:
    assert cli("plan", AT, "--out=./-").code == 0
    assert (world / "-").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", AT, "--out=twice.json", "--output-file=json=twice.json"],
        ["plan", AT, "--output-file=json=./twice.json", "--out=twice.json"],
        ["plan", AT, "--output-file=json=twice.json", "--output-file=text=twice.json"],
        ["show", "plan.json", "--output-file=markdown=plan.json"],
        ["apply", "plan.json", "--output-file=json=here/plan.json"],
    ],
)
def test_no_output_takes_the_place_of_another_or_of_what_is_read(
    arguments: list[str], world: Path, cli: Cli
) -> None:
    """Seen: of two outputs the later was there alone, and a receipt lay where the plan was to go on from."""
    (world / "here").symlink_to(".")
    before = everything(world)
    result = cli(*arguments)
    assert (result.code, result.out) == (64, "")
    assert "is named twice: one would overwrite the other" in " ".join(result.err.split())
    assert everything(world) == before


def test_an_output_without_a_name_is_a_wrong_call(cli: Cli) -> None:
    result = cli("plan", AT, "--out=")
    assert (result.code, "names nothing" in result.err) == (64, True)
