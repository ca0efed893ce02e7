"""Names of branches, titles, people and files are data: in no step of any workflow does one of them run."""

import random
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest
from tests.cli.conftest import call
from tests.workflows.steps import (
    OWN_PATH,
    ROOT,
    TEMPLATES,
    Runner,
    Step,
    action_steps,
    path_with,
    run_steps,
    runner_commands,
)

from portalsync.model.substance import PREFIX

NAMES = 500
_PARTS = (
    "$(touch {})",
    "`touch {}`",
    "; touch {} ;",
    "| touch {}",
    "&& touch {} &&",
    "|| touch {}",
    "\ntouch {}\n",
    "'; touch {}; '",
    '"; touch {}; "',
    "${{IFS;touch$IFS{}}}",
    "$(<{})",
    "> {}",
    ">> {} #",
    "$'\\x24(touch {})'",
    "-- --out={}",
    "--plan={}",
    "\\$(touch {})",
    "a[$(touch {})]",
    "%s%n $(touch {})",
    "!touch {}",
    "~/{}",
    "*",
    "\r\n::set-output name=digest::{}",
    "::add-path::{}",
    "##[add-path]{}",
    "::stop-commands::x",
    "\u202e$(touch {})\u2066",
    "${{{{ github.token }}}} $(touch {})",
    "ü😀 $(touch {})",
)


def names() -> Iterator[str]:
    """The same ones each time: each trick alone, then several in a row."""
    chance = random.Random(4)  # noqa: S311 - no secret
    yield from (part.format("../ran") for part in _PARTS)
    for _ in range(NAMES - len(_PARTS)):
        yield "x".join(part.format("../ran") for part in chance.sample(_PARTS, chance.randint(1, 3)))


ALL = [*names()]
AT_ONCE = 7
"""So few that each step's own values get some of them."""


@dataclass(frozen=True)
class Place:
    """A working folder with a `portalsync` that only notes its arguments, and what may be in it."""

    folder: Path
    path: str

    def runs(self, step: Step, names: Sequence[str]) -> None:
        """The step with these names, dealt out over everything that is not ours to choose."""
        deal = cycle(names)
        given = {key: next(deal) for key in _GIVEN}
        knows = {expression: next(deal) if _is_theirs(expression) else "1" for expression in _expressions()}
        own = {"GITHUB_SHA": "a1" * 20, "RUNNER_TEMP": str(self.folder.parent / "temp")}
        Runner(self.folder, self.path, {**given, **own}).run(step, knows)


_GIVEN = (
    "GITHUB_HEAD_REF",
    "GITHUB_REF",
    "GITHUB_REF_NAME",
    "GITHUB_BASE_REF",
    "GITHUB_ACTOR",
    "GITHUB_TRIGGERING_ACTOR",
    "GITHUB_WORKFLOW",
)


@cache
def _expressions() -> Sequence[str]:
    texts = [path.read_text() for path in (*TEMPLATES.glob("*.yml"), ROOT / "action.yml")]
    return sorted({part.split("}}")[0].strip() for text in texts for part in text.split("${{")[1:]})


def _is_theirs(expression: str) -> bool:
    """What somebody who opens a pull request, starts a workflow or configures the action can choose."""
    return not expression.startswith(("github.token", "secrets."))


def all_steps() -> list[Step]:
    return [
        *action_steps(),
        *(step for path in sorted(TEMPLATES.glob("*.yml")) for step in run_steps(path.name)),
    ]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    folder = tmp_path / "repository"
    folder.mkdir()
    for where in (tmp_path / "bin", tmp_path / "temp/portalsync/bin"):
        where.mkdir(parents=True)
        stub = where / "portalsync"
        stub.write_text('#!/bin/sh\nprintf "%s\\n" "$#" >> ../called\n')
        stub.chmod(stub.stat().st_mode | stat.S_IXUSR)
    return Place(folder, path_with(tmp_path / "bin"))


USUAL = {"bin", "temp", "repository", "called", "step.sh", "github_output", "github_step_summary"}


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: f"{step.job}: {step.name}")
def test_no_name_runs(step: Step, place: Place) -> None:
    """Each trick alone in every value that is not ours; then all names, spread over these values."""
    for number in range(len(_PARTS)):
        place.runs(step, ALL[number : number + 1])
    for start in range(0, NAMES, AT_ONCE):
        place.runs(step, ALL[start : start + AT_ONCE])
    assert {path.name for path in place.folder.parent.iterdir()} <= USUAL
    assert [*place.folder.iterdir()] == []
    calls = (place.folder.parent / "called").read_text().split() if "portalsync" in step.script else []
    assert len(set(calls)) <= 2, "a name became several arguments"


def test_this_would_be_noticed(place: Place) -> None:
    """A script that takes a name as code is caught."""
    careless = Step("x", "y", 'eval "echo $GITHUB_HEAD_REF"', {})
    for name in ALL[: len(_PARTS)]:
        place.runs(careless, [name])
    assert (place.folder.parent / "ran").exists()


def test_hostile_files_in_the_repository(tmp_path: Path) -> None:
    """The real program over files with such names: refused or read, but no command of runner or shell."""
    folder = tmp_path / "repository"
    firms = folder / "portal-config/firms"
    shutil.copytree(ROOT / "tests/cases/validate/base", folder / "portal-config")
    text = (firms / "oak.yaml").read_text()
    for number, name in enumerate(ALL):
        file = firms / f"{number}{name.replace('/', '_')[:60]}.yaml"
        file.write_text(text)
    for step in run_steps("portal-check.yml"):
        if "portalsync" not in step.script or step.job == "plan":
            continue
        ran = Runner(folder, OWN_PATH, {}).run(step, {"vars.PORTALSYNC_LANG": ""})
        assert ran.code == 3
        assert runner_commands(ran.log) == []
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("digest", ALL[:60])
def test_a_given_digest_is_only_a_digest(digest: str, tmp_path: Path) -> None:
    """Whoever starts the apply by hand can give a digest and nothing else."""
    done = call("apply", f"--expect={digest}", f"--config={tmp_path}")
    assert done.code == 64
    assert PREFIX in done.err
