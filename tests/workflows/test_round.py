"""The workflows' steps in order: a branch is checked and planned, merged, applied; the world changes.

The portal asks for tokens: the jobs that read have one that may read, and apply one that may apply.
"""

import base64
import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send
from tests.contract.gate import APPLIER, READER, Gate, guarded
from tests.workflows.fake_github import REPOSITORY, TOKEN, FakeGitHub, serving
from tests.workflows.leaks import leaks
from tests.workflows.steps import OWN_PATH, ROOT, Ran, Runner, Step, run_steps, runner_commands

from portalsync.commits import Commit, Problem
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.pipeline.load import load, seed_of
from portalsync.server.app import create_app
from portalsync.server.problems import problem_response
from portalsync.server.store import Store
from portalsync.wire import Origin

BASE = ROOT / "tests/cases/validate/base"
PULL = 7
PREVIEW = "https://github.com/hedgerow/portal/actions/runs/4711/artifacts/1"


@dataclass
class World:
    """A config repository in git, the portal it is for, the gate before that, and GitHub."""

    folder: Path
    store: Store
    gate: Gate
    github: FakeGitHub
    said: list[str] = field(default_factory=list)

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", *arguments]
        done = subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self) -> str:
        self.git("add", "--all", "--", "portal-config")
        self.git("commit", "--quiet", "--message=change")
        return self.git("rev-parse", "HEAD")

    def edit(self, old: str, new: str, file: str = "firms/oak.yaml") -> None:
        path = self.folder / "portal-config" / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    def run(self, step: Step, **more: str) -> Ran:
        (self.folder.parent / "temp").mkdir(exist_ok=True)
        given = {
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_API_URL": self.github.api,
            "GITHUB_RUN_ID": "4711",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_ACTOR": "rosa-lund",
            "GITHUB_SHA": self.git("rev-parse", "HEAD"),
            "RUNNER_TEMP": str(self.folder.parent / "temp"),
        }
        knows = {
            "github.token": TOKEN,
            "github.event.pull_request.number": str(PULL),
            "github.event.pull_request.head.sha": self.git("rev-parse", "topic"),
            "vars.PORTALSYNC_ENV": "production",
            "vars.PORTALSYNC_LANG": "",
            "vars.PORTALSYNC_APPROVALS || '1'": "1",
            "secrets.PORTAL_READ_TOKEN": READER,
            "secrets.PORTAL_APPLY_TOKEN": APPLIER,
            "steps.preview.outputs.artifact-url": PREVIEW,
            "steps.review.outputs.artifact-url": PREVIEW,
            **more,
        }
        ran = Runner(self.folder, OWN_PATH, given).run(step, knows)
        self.said += [ran.log, ran.summary, *ran.outputs.values()]
        assert runner_commands(ran.log) == []
        assert "Traceback" not in ran.log
        return ran

    def job(self, workflow: str, *jobs: str, **known: str) -> list[Ran]:
        """Some of its jobs, or all, one step after the other as a runner goes on after a failure."""
        ran, outputs, failed = list[Ran](), dict[str, str](), False
        for step in run_steps(workflow):
            if (not jobs or step.job in jobs) and step.runs(failed=failed):
                ran.append(self.run(step, **known, **outputs))
                failed |= ran[-1].code != 0
                outputs |= {f"steps.{step.id}.outputs.{key}": text for key, text in ran[-1].outputs.items()}
        return ran

    def check(self, *jobs: str, pull: int = PULL, branch: str = "topic") -> list[Ran]:
        """The pull request's workflow on the merge that GitHub makes for it; its plan is what the artifact
        keeps.
        """
        head = self.git("rev-parse", branch)
        self.git("switch", "--quiet", "--detach", "main")
        self.git("merge", "--quiet", "--no-ff", "--no-edit", branch)
        event = {
            "github.event.pull_request.number": str(pull),
            "github.event.pull_request.head.sha": head,
        }
        ran = self.job("portal-check.yml", *jobs, **event)
        self.git("switch", "--quiet", branch)
        shutil.rmtree(self.folder / "reviewed", ignore_errors=True)
        (self.folder / "reviewed").mkdir()
        if (plan := self.folder / "portal-plan-1.json").exists():
            shutil.copy(plan, self.folder / "reviewed")
        return ran

    def merge(self, branch: str = "topic", pull: int = PULL) -> None:
        """Approved by a colleague, and merged."""
        self.git("switch", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--no-edit", branch)
        head = self.git("rev-parse", branch)
        self.github.review(pull, "ines", "APPROVED", head)
        self.github.merged(self.git("rev-parse", "HEAD"), pull, head)

    def look(self, given: str = "", acknowledge: str = "") -> tuple[Ran, dict[str, str]]:
        """What a push to main starts, or with `given` a start by hand: the job before anybody is asked. Its
        last step, and what it hands on.
        """
        find, plan, end = (step for step in run_steps("portal-apply.yml") if step.job == "look")
        found = {} if given else self.run(find).outputs
        digest, accepted = given or found["digest"], acknowledge or found.get("acknowledged", "")
        known = {
            "inputs.reviewed || steps.reviewed.outputs.digest": digest,
            "inputs.acknowledge || steps.reviewed.outputs.acknowledged": accepted,
        }
        planned = self.run(plan, **known)
        assert planned.code == 0, planned.log
        known |= {f"steps.plan.outputs.{name}": planned.outputs[name] for name in ("changes", "stopped")}
        ended = replace(self.run(end, **known), summary=planned.summary)
        handed = {"digest": digest, "acknowledged": accepted, "attempt": found.get("attempt", "")}
        return ended, {**handed, "changes": planned.outputs["changes"]}

    def apply(
        self, given: str = "", token: str = APPLIER, acknowledge: str = "", *, stop_at_first: bool = False
    ) -> Ran:
        """The same up to the end: whoever must agree does."""
        ended, handed = self.look(given, acknowledge)
        if ended.code or handed["changes"] == "0":
            return ended
        return self.applied(handed, token, stop_at_first=stop_at_first)

    def applied(self, handed: dict[str, str], token: str = APPLIER, *, stop_at_first: bool = False) -> Ran:
        """The job that was asked for, at the commit that is checked out; `newest` is what main has by now."""
        (do,) = (step for step in run_steps("portal-apply.yml") if step.job == "apply")
        if stop_at_first:
            do = replace(do, env={**do.env, "PORTALSYNC_STOP_AT_FIRST": "1"})
        newest = self.folder / "newest"
        if self.git("rev-parse", "HEAD") == self.git("rev-parse", "main"):
            newest.symlink_to(".")
        else:
            self.git("worktree", "add", "--quiet", "--detach", str(newest), "main")
        known = {f"needs.look.outputs.{name}": text for name, text in handed.items()}
        ran = self.run(do, **known, **{"secrets.PORTAL_APPLY_TOKEN": token})
        if newest.is_symlink():
            newest.unlink()
        else:
            self.git("worktree", "remove", "--force", str(newest))
        return ran

    def drift(self) -> Ran:
        step, _ = run_steps("portal-drift.yml")
        return self.run(step)

    def morning(self) -> Ran:
        """The page of all firms, which the drift workflow makes too."""
        _, step = run_steps("portal-drift.yml")
        return self.run(step)

    def by_hand(self, path: str, **values: JSON) -> None:
        state = self.store.state("oak")
        commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (Edit(path, **values),), ())
        self.store.commit("oak", state.generation, f"by-hand-{state.generation}", commit)

    @property
    def live(self) -> dict[str, JSON]:
        return dict(self.store.state("oak").settings)


Front = tuple[str, Gate]


@dataclass(frozen=True)
class Past:
    """What had happened when a world was left: its folder, and what GitHub knew."""

    place: Path
    github: FakeGitHub = field(default_factory=FakeGitHub)


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def going_on(past: Past, front: Front, place: Path) -> Iterator[World]:
    """A world of its own, with this past."""
    _, gate = front
    shutil.copytree(past.place, place)
    store = Store.open(place / "portal.db", now)
    gate.portal, gate.appliers, gate.turned_away = create_app(store, now), {APPLIER}, []
    with serving() as github:
        vars(github).update(deepcopy({**vars(past.github), "api": github.api}))
        world = World(place / "repository", store, gate, github)
        yield world
    store.close()
    on_github = json.dumps([github.comments, github.issues, github.requests])
    assert leaks((READER, APPLIER), place, [*world.said, on_github]) == []


async def nobody(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    """The gate of all worlds, one after the other: files name its address."""
    with guarded(nobody) as front:
        yield front


@pytest.fixture(scope="module")
def begun(front: Front, tmp_path_factory: pytest.TempPathFactory) -> Past:
    place = tmp_path_factory.mktemp("begun")
    config = place / "repository" / "portal-config"
    shutil.copytree(BASE, config)
    store = Store.open(place / "portal.db", now)
    store.seed(seed_of(load(config)))
    network = config / "portalsync.yaml"
    network.write_text(network.read_text() + f"  production:\n    backend: http\n    url: {front[0]}\n")
    world = World(place / "repository", store, front[1], FakeGitHub())
    world.git("init", "--quiet", "--initial-branch=main")
    world.commit()
    world.git("switch", "--quiet", "--create", "topic")
    store.close()
    return Past(place)


@pytest.fixture(scope="module")
def planned(begun: Past, front: Front, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """A change is in a pull request."""
    with going_on(begun, front, tmp_path_factory.mktemp("planned") / "world") as world:
        world.edit("method: card", "method: card # as agreed")
        world.commit()
        assert all(ran.code == 0 for ran in world.check("plan"))
    return Past(world.folder.parent, world.github)


@pytest.fixture(scope="module")
def applied(planned: Past, front: Front, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """It has gone the whole way."""
    with going_on(planned, front, tmp_path_factory.mktemp("applied") / "world") as world:
        world.merge()
        assert world.apply().code == 0
        world.git("switch", "--quiet", "--create", "next")
        world.git("branch", "--quiet", "--force", "topic")
        world.git("switch", "--quiet", "topic")
    return Past(world.folder.parent, world.github)


@pytest.fixture(scope="module")
def reviewed(applied: Past, front: Front, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """And another one is in a pull request."""
    with going_on(applied, front, tmp_path_factory.mktemp("reviewed") / "world") as world:
        world.edit("\noptions:\n", "\noptions:\n  chat:\n    clients_can_start: false\n")
        world.commit()
        assert all(ran.code == 0 for ran in world.check("plan"))
    return Past(world.folder.parent, world.github)


@pytest.fixture
def world(begun: Past, front: Front, tmp_path: Path) -> Iterator[World]:
    with going_on(begun, front, tmp_path / "world") as world:
        yield world


@pytest.fixture
def planned_world(planned: Past, front: Front, tmp_path: Path) -> Iterator[World]:
    with going_on(planned, front, tmp_path / "world") as world:
        yield world


@pytest.fixture
def applied_world(applied: Past, front: Front, tmp_path: Path) -> Iterator[World]:
    with going_on(applied, front, tmp_path / "world") as world:
        yield world


@pytest.fixture
def reviewed_world(reviewed: Past, front: Front, tmp_path: Path) -> Iterator[World]:
    with going_on(reviewed, front, tmp_path / "world") as world:
        yield world


def test_from_a_branch_to_the_portal(world: World) -> None:
    """Checked, planned, commented, merged, applied; applied again, there is nothing to do."""
    world.edit("\noptions:\n", "\noptions:\n  chat:\n    clients_can_start: false\n")
    world.commit()
    ran = world.check()
    assert [each.code for each in ran] == [0] * len(ran), [each.log for each in ran]
    assert world.live == {}, "checking writes nothing"
    assert (world.folder / "portal-preview-1.html").stat().st_size > 1000
    assert "H4sI" in (world.folder / "portal-review-1.html").read_text(), (
        "packed as the search for leaks knows it"
    )
    (comment,) = world.github.comments[PULL]
    assert "40 clients lose `Message firm` on the phone." in comment["body"]
    assert PREVIEW in comment["body"]
    summaries = "".join(each.summary for each in ran)
    assert "40 clients lose" in summaries
    assert PREVIEW in summaries
    world.merge()
    done = world.apply()
    assert done.code == 0, done.log
    assert "1 firm is as planned." in done.summary
    assert world.live["chat.clients_can_start"] is False
    assert [entry.actor for entry in world.store.history("oak", 1)] == ["rosa-lund"]
    again, handed = world.look()
    assert (again.code, handed["changes"]) == (0, "0"), "so nobody is asked"
    assert world.store.state("oak").generation == 2
    assert world.drift().code == 0
    assert world.gate.turned_away == []


def test_a_firm_that_is_stopped_is_in_the_comment_and_the_check_is_red(world: World) -> None:
    """On the portal, nobody takes bank debits."""
    world.edit("method: card", "method: bank_debit")
    world.commit()
    *others, last = world.check("plan")
    assert [each.code for each in others] == [0] * len(others), [each.log for each in others]
    assert last.code == 1
    (comment,) = world.github.comments[PULL]
    assert "1 firm is stopped, because something is wrong with it: `oak`." in comment["body"]


def test_the_next_push_edits_the_comment(planned_world: World) -> None:
    world = planned_world
    first = world.github.comments[PULL][0]["body"]
    world.edit("button: true", "button: false", "groups/north.yaml")
    world.commit()
    world.check("plan")
    assert len(world.github.comments[PULL]) == 1
    assert world.github.comments[PULL][0]["body"] != first


def test_a_changed_world_stops_the_apply(reviewed_world: World) -> None:
    """Somebody changes the portal between review and apply: nothing is written, the difference is shown.
    Whoever has read what would be done agrees to exactly that, by a start by hand.
    """
    world = reviewed_world
    world.merge()
    world.by_hand("prepayments.enabled", before=True, after=False)
    before = world.live
    refused = world.apply()
    assert refused.code == 4
    assert "not the change that was reviewed" in refused.log
    assert "Nobody reviewed this" in refused.summary
    assert "Dana Reyes" in refused.summary
    assert "Make a prepayment" in refused.summary
    assert world.live == before
    would_be = refused.summary.partition("Now: ")[2].partition("<")[0].strip()
    assert world.apply(given=would_be).code == 0
    assert world.live["prepayments.enabled"] is True


def test_an_apply_that_was_broken_off_is_finished_by_the_same_workflow(world: World) -> None:
    """Its token runs out after the first of three firms; started again with another one, it does the rest.

    Seen to fail: "This is not the change that was reviewed", as often as it was started.
    """
    config = world.folder / "portal-config"
    for kind in ("firms", "facts"):
        text = (config / kind / "oak.yaml").read_text()
        for other in ("ash", "elm"):
            (config / kind / f"{other}.yaml").write_text(text.replace(": oak", f": {other}"))
    world.store.seed(seed_of(load(config)))
    world.commit()
    world.check("plan")
    world.merge()
    portal = world.gate.portal

    async def for_the_last_time(scope: Scope, receive: Receive, send: Send) -> None:
        await portal(scope, receive, send)
        if scope["method"] == "POST":
            world.gate.appliers.clear()

    world.gate.portal = for_the_last_time
    broken = world.apply(stop_at_first=True)
    assert broken.code == 5
    assert "Applied in part to `production`" in broken.summary
    assert [world.store.state(firm).generation for firm in ("ash", "elm", "oak")] == [2, 1, 1]
    world.gate.portal = portal
    world.gate.appliers.add(APPLIER)
    done = world.apply()
    assert done.code == 0, done.log
    assert "already applied" in done.summary
    assert [world.store.state(firm).generation for firm in ("ash", "elm", "oak")] == [2, 2, 2]
    assert world.apply().code == 0
    assert [world.store.state(firm).generation for firm in ("ash", "elm", "oak")] == [2, 2, 2]


def test_a_link_to_a_host_that_nobody_knows(world: World) -> None:
    """The check shows it and goes on, the apply refuses. A commit that names the host lets it pass: reviewers
    see it, and nobody types it again. So does a start by hand.
    """
    news = '{id: news, title: {en: News}, body: {en: "[Pay here](https://pay.example.com/x)"}}'
    world.edit("options:\n", f"options:\n  announcements: {{items: [{news}]}}\n")
    world.commit()
    ran = world.check("plan")
    assert [each.code for each in ran] == [0] * len(ran), [each.log for each in ran]
    (comment,) = world.github.comments[PULL]
    assert "`--ack new-host:pay.example.com`" in comment["body"]
    first = world.git("rev-parse", "main")
    world.merge()
    refused = world.apply()
    assert refused.code == 6
    assert "--ack new-host:pay.example.com" in refused.log
    assert world.live == {}
    reviewed = comment["body"].partition('"digest":"')[2].partition('"')[0]
    assert world.apply(given=reviewed, acknowledge="new-host:elsewhere.example").code == 6
    passing, _ = world.look(given=reviewed, acknowledge="new-host:pay.example.com")
    assert "Accepted with `new-host:pay.example.com`" in passing.summary
    assert world.live == {}
    world.git("reset", "--quiet", "--hard", first)
    world.git("switch", "--quiet", "topic")
    accepted = "Calendly is our new host\n\nportalsync-ack: new-host:pay.example.com \r\n\nCo-authored-by: x"
    world.git("commit", "--quiet", "--allow-empty", f"--message={accepted}")
    assert all(each.code == 0 for each in world.check("plan"))
    assert "Accepted with `new-host:pay.example.com`" in comment["body"]
    world.merge()
    assert world.apply().code == 0
    assert "https://pay.example.com/x" in str(world.live["announcements.items.news.body"])


def test_other_files_than_reviewed_stop_the_apply(planned_world: World) -> None:
    """A merge that brings more than the pull request showed is not applied."""
    world = planned_world
    world.git("switch", "--quiet", "main")
    world.edit("button: true", "button: false", "groups/north.yaml")
    world.commit()
    world.merge()
    assert world.apply().code == 4
    assert world.live == {}


def test_a_push_without_a_pull_request_is_not_applied(world: World) -> None:
    world.edit("method: card", "method: card # one")
    world.commit()
    refused = world.apply()
    assert refused.code == 1
    assert "Nobody reviewed this change" in refused.log
    assert "Reviewed change `review:" in refused.summary
    assert world.live == {}


def test_two_merges_are_applied_in_order(reviewed_world: World) -> None:
    """Both planned before either was applied, apart from each other: each is still what was reviewed."""
    world = reviewed_world
    world.git("switch", "--quiet", "--create", "other", "main")
    world.edit("button: true", "button: false", "groups/north.yaml")
    world.commit()
    theirs = world.check("plan", pull=8, branch="other")
    assert all(ran.code == 0 for ran in theirs)
    world.git("switch", "--quiet", "topic")
    world.merge()
    assert world.apply().code == 0
    world.merge("other", 8)
    assert world.apply().code == 0
    assert world.live["chat.clients_can_start"] is False
    assert world.live["done_uploading.button"] is False


def test_a_rerun_of_an_old_apply_reverts_nothing(reviewed_world: World) -> None:
    """The old commit would undo what came after it: that was never reviewed."""
    world = reviewed_world
    old = world.git("rev-parse", "main")
    world.merge()
    assert world.apply().code == 0
    world.git("checkout", "--quiet", "--detach", old)
    assert world.apply().code == 1
    assert world.live["chat.clients_can_start"] is False


def test_a_late_answer_brings_back_nothing(reviewed_world: World) -> None:
    """A change waits for an answer. Meanwhile it is taken back, for which there is nothing to do; then
    somebody answers. While it waits, other merges go their way.

    Seen to fail: clients got what had been taken back.
    """
    world = reviewed_world
    first = world.git("rev-parse", "main")
    world.merge()
    _, waiting = world.look()
    assert waiting["changes"] == "1"
    merged = world.git("rev-parse", "HEAD")
    world.git("switch", "--quiet", "topic")
    world.git("checkout", "--quiet", first, "--", "portal-config")
    world.commit()
    world.git("switch", "--quiet", "main")
    world.git("merge", "--quiet", "--no-ff", "--no-edit", "topic")
    taken_back, nothing = world.look()
    assert (taken_back.code, nothing["changes"]) == (0, "0")
    world.git("switch", "--quiet", "--detach", merged)
    before = world.live
    late = world.applied(waiting)
    assert late.code == 4
    assert "Newer files do not want this any more: oak." in late.log
    assert world.live == before
    world.git("branch", "--quiet", "--force", "main", merged)
    assert world.applied(waiting).code == 0, "as long as nobody took it back, a late answer is one"


def test_what_nobody_approved_is_not_applied(planned_world: World) -> None:
    """Merged without an approval of its last commit: approvers of the environment are not even asked."""
    world = planned_world
    world.merge()
    world.github.reviews.clear()
    refused, _ = world.look()
    assert refused.code == 1
    assert "#7 has 0 approvals of its last commit, and needs 1." in " ".join(world.said)


def test_an_invalid_file_stops_at_validate(world: World) -> None:
    world.edit("enabled: true", "enabled: yes")
    world.commit()
    validate = next(run_steps("portal-check.yml"))
    ran = world.run(validate)
    assert ran.code == 3
    assert "::error file=portal-config/firms/oak.yaml,line=12" in ran.log
    planned = world.check("plan")
    assert [each.code for each in planned] == [0, 1, 0], [each.log for each in planned]
    (comment,) = world.github.comments[PULL]
    assert f"No plan for `production` at commit `{world.git('rev-parse', 'topic')}`" in comment["body"]
    assert "portal-config/firms/oak.yaml:12" in comment["body"]


HOSTILE = "::add-path::/tmp ##[add-path]/tmp --> <img src=x> @all `x` $(touch ran)"


def test_what_firms_write_is_no_command(world: World) -> None:
    """Texts of files and of the portal pass through every log, summary, comment and issue as texts."""
    announcement = f"""options:
  announcements:
    items:
      - id: news
        title: {{en: "{HOSTILE}"}}
        body: {{en: "\\n::add-mask::a\\n\\n##[group]{HOSTILE}"}}
"""
    world.edit("options:\n", announcement)
    world.edit("name: Oak & Partners", f'name: "{HOSTILE[:60]}"')
    world.commit()
    ran = world.check()
    assert all(each.code == 0 for each in ran), [each.log for each in ran]
    world.merge()
    assert world.apply().code == 0
    world.by_hand("announcements.items.news.title", before={"en": HOSTILE}, after={"en": HOSTILE + "!"})
    assert world.drift().code == 0
    (issue,) = world.github.issues
    (comment,) = world.github.comments[PULL]
    for body in (issue["body"], comment["body"]):
        assert "add-path" in body
    assert not (world.folder / "ran").exists()


def test_drift_keeps_one_issue(applied_world: World) -> None:
    world = applied_world
    assert world.drift().code == 0
    world.by_hand("chat.clients_can_start", before=True, after=False)
    ran = world.drift()
    assert ran.code == 0
    assert "Dana Reyes" in ran.summary
    assert [issue["state"] for issue in world.github.issues] == ["open"]
    world.by_hand("chat.clients_can_start", before=False, after=True)
    assert world.drift().code == 0
    assert [issue["state"] for issue in world.github.issues] == ["closed"]


def test_each_morning_there_is_a_page(applied_world: World) -> None:
    applied_world.by_hand("chat.clients_can_start", before=True, after=False)
    ran = applied_world.morning()
    assert (ran.code, "1 firm was changed by hand" in ran.summary) == (0, True)
    assert "Dana Reyes" in (applied_world.folder / "portal-status-1.html").read_text()


def test_a_portal_that_is_closed_fails(world: World) -> None:
    """A step fails although its output goes through a pipe. A portal that says for how long it is closed is
    not asked again before, which takes no time here.
    """

    async def closed(scope: Scope, receive: Receive, send: Send) -> None:
        problem = Problem("closed", "We are closed.", 503)
        await problem_response(problem, {"Retry-After": "3600"})(scope, receive, send)

    world.gate.portal = closed
    ran = world.drift()
    assert ran.code == 1
    assert "is busy and asks to come back in" in ran.log


def test_a_plan_without_a_token_says_which_one_is_missing(world: World) -> None:
    world.edit("method: card", "method: card # one")
    world.commit()
    (plan,) = [each for each in run_steps("portal-check.yml") if each.name == "Plan"]
    ran = world.run(plan, **{"secrets.PORTAL_READ_TOKEN": "", "steps.accepted.outputs.acknowledged": ""})
    assert ran.code == 1
    assert "asks for a token (401), and no token was given." in ran.log
    assert "Give one in the variable PORTALSYNC_TOKEN: to plan, a token that may read" in ran.log
    assert not (world.folder / "portal-plan-1.json").exists()


def test_an_apply_with_the_token_that_may_only_read(reviewed_world: World) -> None:
    """Seen to fail: with a gate that lets every token apply, the change went through."""
    world = reviewed_world
    before, generation = world.live, world.store.state("oak").generation
    world.merge()
    refused = world.apply(token=READER)
    assert refused.code == 1
    assert "does not let the token in PORTALSYNC_TOKEN apply (403)." in refused.log
    assert "Nothing was written." in refused.log
    assert world.gate.turned_away == [("POST", 403)]
    assert (world.live, world.store.state("oak").generation) == (before, generation)
    assert world.apply().code == 0, "with the right token it is still what was reviewed"


def test_a_leak_would_be_noticed(tmp_path: Path) -> None:
    """In a file's name, in a file, in what is packed in a review file, in a log."""
    packed = base64.b64encode(gzip.compress(f"a page for {READER}".encode())).decode()
    (tmp_path / "review.html").write_text(f'<script type="application/json">{packed}</script>')
    (tmp_path / "plain.json").write_text(f'{{"token":"{READER}"}}')
    (tmp_path / READER).touch()
    (tmp_path / "other.json").write_text("{}")
    log = f"Authorization: Bearer {READER}"
    assert sorted(leaks([READER], tmp_path, ["all is well", log])) == [
        log,
        "plain.json",
        READER,
        "review.html",
    ]
