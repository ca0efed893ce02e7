"""The `run:` steps of workflow files, as a runner would start them: only what they may know is given."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from tests.progress import without_progress

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates/init/.github/workflows"
BY_HAND = ROOT / "templates/init-by-hand/.github/workflows"
OWN = ROOT / ".github/workflows"
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
SHELLS = {
    "": ("bash", "-e"),
    "bash": ("bash", "--noprofile", "--norc", "-eo", "pipefail"),
    "sh": ("sh", "-e"),
}
"""How a runner starts a script: without a word about the shell, a failure in a pipe is not seen."""

INSTALLS = "Install portalsync"
"""Not run: what is tested is this checkout, which is already there."""


@dataclass(frozen=True)
class Step:
    job: str
    name: str
    script: str
    env: Mapping[str, str]
    shell: str = ""
    id: str = ""
    when: str = ""

    def runs(self, *, failed: bool) -> bool:
        """Whether a runner would come to it after a step that failed, or after none."""
        return ("failure()" in self.when) == failed


def workflow(name: str, folder: Path = TEMPLATES) -> dict[Any, Any]:
    return dict(yaml.safe_load((folder / name).read_text()))


def run_steps(name: str, folder: Path = TEMPLATES) -> Iterator[Step]:
    """All steps with a script, in order, with the variables of workflow, job and step."""
    data = workflow(name, folder)
    shell = data.get("defaults", {}).get("run", {}).get("shell", "")
    for job, body in data["jobs"].items():
        for step in body["steps"]:
            if "run" in step and step["name"] != INSTALLS:
                env = {**data.get("env", {}), **body.get("env", {}), **step.get("env", {})}
                texts = {key: str(value) for key, value in env.items()}
                yield Step(
                    job,
                    step["name"],
                    step["run"],
                    texts,
                    step.get("shell", shell),
                    step.get("id", ""),
                    step.get("if", ""),
                )


def action_steps() -> Iterator[Step]:
    """The same of the action, as if it were a job of that name."""
    for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]:
        if "run" in step and step["name"] != INSTALLS:
            when, own = step.get("if", ""), step.get("id", "")
            yield Step("action", step["name"], step["run"], step["env"], step["shell"], own, when)


@dataclass(frozen=True)
class Ran:
    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str


@dataclass(frozen=True)
class Runner:
    """A place to run steps in. `knows` gives the value of each expression; any other one is an error."""

    folder: Path
    path: str
    given: Mapping[str, str]

    def run(self, step: Step, knows: Mapping[str, str]) -> Ran:
        files = {name: self.folder.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        script = self.folder.parent / "step.sh"
        script.write_text(step.script)
        done = subprocess.run(
            [*SHELLS[step.shell], str(script)],
            cwd=self.folder,
            env={
                "PATH": self.path,
                "HOME": str(self.folder.parent),
                "LANG": "C.UTF-8",
                **self.given,
                **{key: str(value) for key, value in files.items()},
                **{key: evaluated(value, knows) for key, value in step.env.items()},
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return Ran(
            done.returncode, without_progress(done.stdout), outputs, files["GITHUB_STEP_SUMMARY"].read_text()
        )


def evaluated(value: str, knows: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda match: knows[match[1]], value)


def path_with(folder: Path) -> str:
    """Where commands are looked for, ours first."""
    return os.pathsep.join((str(folder), os.environ["PATH"]))


OWN_PATH = path_with(Path(sys.executable).parent)

_COMMAND = re.compile(r"^\s*::([\w-]+)(?: [^:]*)?::(.*)$|##\[([\w-]+)[^\]]*\]")


def runner_commands(log: str) -> list[str]:
    """The commands in a log that a runner would obey, other than remarks at lines of files."""
    obeyed: list[str] = []
    stopped_by = ""
    for line in log.splitlines():
        match = _COMMAND.search(line)
        if match is None:
            continue
        command, value = match[1] or match[3], match[2] or ""
        if stopped_by:
            stopped_by = "" if command == stopped_by else stopped_by
        elif command == "stop-commands":
            stopped_by = value.strip()
        elif command not in ("error", "warning", "notice"):
            obeyed.append(line)
    return obeyed
