"""The action: what its guide says of it, and its steps over a repository whose files are wrong."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.workflows.steps import OWN_PATH, ROOT, Ran, Runner, action_steps

ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GUIDES = ("docs/guide/action.md", "docs/guide/de/action.md")


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guide_names_every_input_and_output(guide: str) -> None:
    """Each with its default; neither more nor fewer."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    _, inputs, outputs = re.split(r"^## .*$", text, flags=re.MULTILINE)
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| (.*) \|$", inputs, re.MULTILINE))
    assert [*rows] == [*ACTION["inputs"]]
    for name, told in rows.items():
        default = ACTION["inputs"][name]["default"]
        assert (told == f"`{default}`") == bool(default), name
    assert re.findall(r"^\| `([a-z-]+)` \|", outputs, re.MULTILINE) == [*ACTION["outputs"]]


def test_the_callers_python_stays() -> None:
    """Seen to fail: a job with Python 3.11 went on with 3.13."""
    (setup,) = (step for step in ACTION["runs"]["steps"] if "setup-python" in step.get("uses", ""))
    assert setup["with"]["update-environment"] is False
    (install,) = (step for step in ACTION["runs"]["steps"] if step.get("name") == "Install portalsync")
    assert install["env"]["PYTHON"] == "${{ steps.python.outputs.python-path }}"


def _run(folder: Path, environment: str = "") -> list[Ran]:
    """Its steps in German, as a runner goes on after a failure."""
    given = {"RUNNER_TEMP": str(folder.parent / "temp")}
    knows = {
        "inputs.config": "portal-config",
        "inputs.environment": environment,
        "inputs.language": "de",
        "inputs.token": "",
        "inputs.folder": "portalsync-out",
        "github.sha": "a1" * 20,
    }
    ran, failed = list[Ran](), False
    for step in action_steps():
        if step.runs(failed=failed):
            ran.append(Runner(folder, OWN_PATH, given).run(step, knows))
            failed |= ran[-1].code != 0
            if "stopped" in ran[-1].outputs:
                knows["steps.report.outputs.stopped"] = ran[-1].outputs["stopped"]
    return ran


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "tests/cases/validate/base", folder / "portal-config")
    (tmp_path / "temp/portalsync/bin").mkdir(parents=True)
    program = shutil.which("portalsync", path=OWN_PATH)
    assert program is not None
    (tmp_path / "temp/portalsync/bin/portalsync").symlink_to(program)
    return folder


def test_the_whole_action(repository: Path) -> None:
    ran = _run(repository)
    assert [each.code for each in ran] == [0] * 5, [each.log for each in ran]
    assert "Plan für `local`" in "".join(each.summary for each in ran)
    assert (repository / "portalsync-out/portal-review.html").exists()


def test_wrong_files_are_told_in_the_summary_and_in_the_callers_language(repository: Path) -> None:
    """Seen to fail: validate spoke English, and the summary stayed empty."""
    oak = repository / "portal-config/firms/oak.yaml"
    oak.write_text(oak.read_text().replace("enabled: true", "enabled: vielleicht"))
    validated, told = _run(repository)
    assert validated.code == 3
    assert "::error file=portal-config/firms/oak.yaml" in validated.log
    assert "ist der Text" in validated.log
    assert (told.code, f"Kein Plan zum Commit `{'a1' * 20}`" in told.summary) == (0, True), told.log
    assert "portal-config/firms/oak.yaml:" in told.summary


def test_an_environment_that_is_not_there_is_told_too(repository: Path) -> None:
    *_, planned, told = _run(repository, "elsewhere")
    assert planned.code != 0
    assert "Kein Plan für `elsewhere`" in told.summary
    assert "elsewhere" in told.summary.partition("```")[2]
