"""What commands write never lands in a configuration."""

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
