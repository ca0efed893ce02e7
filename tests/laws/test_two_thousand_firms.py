"""Two thousand firms through plan, apply, plan: law 1 where nothing can be held whole."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[1] / "cases" / "validate" / "base"
FIRMS = 2000
AT = "2026-12-01T09:00"
GUARDRAILS = """\
guardrails:
  changed_percent: 100
  affected_clients: 1000000
"""


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Firms with names of their own. Every third turns chat off; none is like its neighbour."""
    folder = tmp_path_factory.mktemp("network")
    config = folder / "portal-config"
    shutil.copytree(BASE, config)
    own = {kind: (config / kind / "oak.yaml").read_text() for kind in ("firms", "facts")}
    for number in range(1, FIRMS):
        firm = f"firm-{number:04}"
        switch = "  chat: {clients_can_start: false}\n" if number % 3 == 0 else ""
        for kind, text in own.items():
            named = text.replace(": oak", f": {firm}").replace("Oak &", f"Oak {number} &")
            (config / kind / f"{firm}.yaml").write_text(named + (switch if kind == "firms" else ""))
    settings = config / "portalsync.yaml"
    settings.write_text(f"{settings.read_text()}{GUARDRAILS}")
    return folder


PROGRAM = """
import sys
from pathlib import Path
from portalsync.cli import run
code = run(sys.argv[1:])
Path("peak").write_text(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
sys.exit(code)
"""


def call(folder: Path, *arguments: str) -> tuple[str, int]:
    """What a command prints, and the megabytes that it took at most: by its own account, for to whoever
    started it the system tells also what those had themselves.
    """
    known = {name: value for name, value in os.environ.items() if not name.startswith("PORTALSYNC_")}
    started = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(started, cwd=folder, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout, int((folder / "peak").read_text()) // 1024


def test_plan_apply_plan(network: Path) -> None:
    """Of the second plan nothing is left, and none of it takes the memory of a network."""
    plan = ("plan", "--at", AT, "--cache-dir", "cache", "--format", "json")
    _, first = call(network, *plan, "--out", "plan.json")
    call(network, "apply", "plan.json", "--yes", "--format", "json")
    empty, again = call(network, *plan)
    head = json.loads(empty)
    assert (len(head["firms"]), len(head["unchanged"])) == (0, FIRMS), empty[:500]
    assert first < 300
    assert again < 150
