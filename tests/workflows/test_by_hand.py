"""The workflow of a portal without an API: what is merged becomes an issue, which the record closes."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.conftest import call
from tests.workflows.fake_github import REPOSITORY, TOKEN, FakeGitHub, serving
from tests.workflows.steps import BY_HAND, OWN_PATH, Ran, Runner, run_steps, runner_commands

BASE = Path(__file__).parents[1] / "cases" / "validate" / "base"
COMMIT = "a1" * 20
ACCEPTED = "affected-clients:40"
RUNBOOK = "https://github.example/runs/7/artifacts/9"
MANUAL = """\
apiVersion: portalsync/v1
kind: Network
name: Hedgerow Tax
default_environment: production
environments:
  production: {backend: manual, vendor: taxdome}
guardrails: {affected_clients: 1}
"""


@dataclass
class World:
    """A repository after a merge, and its forge."""

    folder: Path
    github: FakeGitHub

    def merged(self, **acknowledged: str) -> list[Ran]:
        """Each step of the workflow, until one fails."""
        knows: dict[str, str] = {
            "vars.PORTALSYNC_ENV": "production",
            "vars.PORTALSYNC_LANG": "en",
            "github.token": TOKEN,
            "steps.runbook.outputs.artifact-url": RUNBOOK,
            "inputs.acknowledge || steps.reviewed.outputs.acknowledged": acknowledged.get("ack", ""),
        }
        ran: list[Ran] = []
        for step in run_steps("portal-clicks.yml", BY_HAND):
            ran.append(self.runner().run(step, knows))
            if ran[-1].code:
                break
        return ran

    def runner(self) -> Runner:
        given: Mapping[str, str] = {
            "GITHUB_API_URL": self.github.api,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_SHA": COMMIT,
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_ACTIONS": "true",
            "CI": "true",
        }
        return Runner(self.folder, OWN_PATH, given)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "repository"
    shutil.copytree(BASE, folder / "portal-config")
    network = folder / "portal-config" / "portalsync.yaml"
    network.write_text(MANUAL, encoding="utf-8")
    with serving() as github:
        yield World(folder, github)


def test_what_is_merged_becomes_an_issue_that_the_record_closes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what a guardrail objects to and somebody accepted."""
    ran = world.merged(ack=ACCEPTED)
    assert [each.code for each in ran] == [0, 0, 0], ran[-1].log
    assert [command for each in ran for command in runner_commands(each.log)] == []
    assert "- [ ] " in ran[1].summary
    (issue,) = world.github.issues
    assert (issue["state"], RUNBOOK in issue["body"]) == ("open", True)
    assert (world.folder / "portal-runbook-1.html").exists()
    _record_all(world, monkeypatch)
    assert [each.code for each in world.merged()] == [0, 0, 0]
    assert [(each["state"], "- [ ] " in each["body"]) for each in world.github.issues] == [("closed", False)]


def test_what_a_guardrail_objects_to_is_in_no_issue(world: World) -> None:
    """Seen to fail while a blocked plan was let through like one in which firms are stopped."""
    blocked = world.merged()
    assert blocked[-1].code != 0
    assert f"--ack {ACCEPTED}" in blocked[-1].log
    assert world.github.issues == []


def _record_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody ticks each step of the runbook."""
    monkeypatch.chdir(world.folder)
    for name in ("GITHUB_ACTIONS", "CI"):
        monkeypatch.delenv(name, raising=False)
    listed = json.loads(call("runbook", "portal-plan-1.json", "--format=json").out)
    made = {"outcome": "done", "by": "R. Pike", "at": "2026-11-26T14:00:00Z"}
    steps = [{"step": step["id"], **made} for step in listed["steps"]]
    saved = {"format_version": 1, "plan": listed["plan"], "steps": steps}
    (world.folder / "runbook.json").write_text(json.dumps(saved), encoding="utf-8")
    assert call("apply", "portal-plan-1.json", "--done=runbook.json").code == 0
