"""The comment in a pull request, and from there to an apply of exactly the reviewed change."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli, everything
from tests.cli.hand_edits import by_hand
from tests.workflows.fake_github import AUTHOR, HEAD, REPOSITORY, TOKEN, FakeGitHub, serving

COMMIT = "c0" * 20
OAK = Path("portal-config/firms/oak.yaml")


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    with serving() as server:
        for name, value in (
            ("GITHUB_API_URL", server.api),
            ("GITHUB_REPOSITORY", REPOSITORY),
            ("GITHUB_TOKEN", TOKEN),
            ("GITHUB_RUN_ID", "4711"),
            ("GITHUB_RUN_ATTEMPT", "2"),
            ("PORTALSYNC_HEAD", HEAD),
        ):
            monkeypatch.setenv(name, value)
        yield server


def digest_of(cli: Cli, plan: str = "plan.json") -> str:
    found = re.search(r"review:[0-9a-f]{64}", cli("comment", f"--plan={plan}", "--print").out)
    assert found
    return found[0]


def chat_off() -> None:
    text = OAK.read_text()
    OAK.write_text(text.replace("\noptions:\n", "\noptions:\n  chat:\n    clients_can_start: false\n"))


def test_written_then_edited(world: Path, cli: Cli, github: FakeGitHub) -> None:
    """One comment for all pushes; it shows the last plan."""
    del world
    assert cli("comment", "--plan=plan.json", "--pr=7").err == "The comment in #7: written.\n"
    assert cli("comment", "--plan=plan.json", "--pr=7").err == "The comment in #7: left as it was.\n"
    chat_off()
    assert cli("plan", "--out=plan.json", AT).code == 0
    assert cli("comment", "--plan=plan.json", "--pr=7").err == "The comment in #7: edited.\n"
    (comment,) = github.comments[7]
    assert digest_of(cli) in comment["body"]


def test_collapsed_when_nothing_changes(world: Path, cli: Cli, github: FakeGitHub) -> None:
    """No comment for nothing; one that is there becomes one line."""
    del world
    assert cli("comment", "--plan=plan.json", "--pr=7").code == 0
    assert cli("apply", "plan.json").code == 0
    assert cli("plan", "--out=empty.json", AT).code == 0
    assert cli("comment", "--plan=empty.json", "--pr=7").code == 0
    assert cli("comment", "--plan=empty.json", "--pr=8").err == "The comment in #8: not needed.\n"
    assert len(github.comments[7][0]["body"].strip().splitlines()) == 2  # one of them hidden
    assert 8 not in github.comments


def test_summary_and_outputs(world: Path, cli: Cli) -> None:
    """Added to what other steps wrote; no connection is needed."""
    Path("summary.md").write_text("before\n")
    done = cli("comment", "--plan=plan.json", "--summary=summary.md", "--outputs=out.txt")
    assert (done.code, done.out) == (0, "")
    summary = (world / "summary.md").read_text()
    assert summary.startswith("before\n## Plan for `local`")
    outputs = dict(line.split("=", 1) for line in (world / "out.txt").read_text().splitlines())
    assert [*outputs] == ["changes", "removals", "blocked", "stopped", "plan-path", "plan-digest"]
    assert int(outputs["changes"]) > 0
    assert outputs["removals"] == "0"
    assert outputs["plan-digest"] == digest_of(cli)


def test_removals_are_counted(world: Path, cli: Cli) -> None:
    assert cli("apply", "plan.json").code == 0
    chat_off()
    assert cli("plan", "--out=plan.json", AT).code == 0
    assert cli("comment", "--plan=plan.json", "--outputs=out.txt").code == 0
    assert "changes=1\nremovals=4\n" in (world / "out.txt").read_text()


def test_a_path_is_one_line(world: Path, cli: Cli) -> None:
    """A file name cannot smuggle in an output of its own."""
    (world / "plan\nremovals=0").write_bytes((world / "plan.json").read_bytes())
    done = cli("comment", "--plan=plan\nremovals=0", "--outputs=out.txt")
    assert done.code == 1
    assert not (world / "out.txt").exists()


@pytest.mark.parametrize(
    "link", ["http://x.example", "https://x.example/)[x](", "javascript:1", "https://a b"]
)
def test_a_link_is_a_plain_address(link: str, world: Path, cli: Cli) -> None:
    del world
    assert cli("comment", "--plan=plan.json", "--print", f"--preview-url={link}").code == 64


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--print", "--pr=0"),
        ("--print", "--env=other"),
        ("--pr=7", "--repository=nobody"),
        ("--pr=7", "--token= "),
        ("--pr=7", "--api=http://example.com"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], world: Path, cli: Cli, github: FakeGitHub) -> None:
    del world
    assert cli("comment", "--plan=plan.json", *arguments).code in (1, 4, 64)
    assert github.requests == []


def test_no_word_of_the_token(world: Path, cli: Cli, github: FakeGitHub) -> None:
    del world
    github.answers[:] = [401]
    failed = cli("comment", "--plan=plan.json", "--pr=7")
    assert failed.code == 1
    assert "Check the token" in failed.err
    assert TOKEN not in failed.err + failed.out


def reviewed(cli: Cli, *arguments: str) -> str:
    found = cli("reviewed", f"--commit={COMMIT}", *arguments)
    assert found.code == 0, found.err
    return found.out.strip()


def test_from_the_comment_to_the_portal(world: Path, cli: Cli, github: FakeGitHub) -> None:
    """What was reviewed is found by the merged commit and applied; again, it is that already."""
    assert cli("comment", "--plan=plan.json", "--pr=7").code == 0
    github.merged(COMMIT, 7)
    digest = reviewed(cli, "--outputs=out.txt")
    assert digest == digest_of(cli)
    assert (world / "out.txt").read_text() == (
        f"digest={digest}\nacknowledged=\nrun=4711\nattempt=2\npull-request=7\n"
    )
    done = cli("apply", f"--expect={digest}", "--at=2026-12-03")
    assert done.code == 0, done.err
    assert "1 firm is as planned." in done.out
    again = cli("apply", f"--expect={digest}", "--at=2026-12-03")
    assert again.code == 0
    assert "The plan is already applied. Nothing was sent." in again.out


def test_nothing_was_reviewed(world: Path, cli: Cli, github: FakeGitHub) -> None:
    """No pull request, or one without a comment of ours: `none`, which only lets an empty plan through."""
    before = everything(world)
    assert reviewed(cli) == "none"
    github.merged(COMMIT, 7)
    assert cli("comment", "--plan=plan.json", "--print").code == 0
    github.comment(7, cli("comment", "--plan=plan.json", "--print").out, author="mallory")
    assert reviewed(cli) == "none"
    refused = cli("apply", "--expect=none", AT)
    assert refused.code == 4
    assert "Nobody reviewed this change" in refused.err
    assert everything(world) == before
    assert cli("apply", "plan.json").code == 0
    assert cli("apply", "--expect=none", AT).code == 0


def test_the_pull_request_that_became_the_commit(world: Path, cli: Cli, github: FakeGitHub) -> None:
    """Of several that brought a commit, the one that was merged as it; else nobody can tell."""
    del world
    for pull in (7, 8):
        assert cli("comment", "--plan=plan.json", f"--pr={pull}").code == 0
        github.merged(COMMIT, pull)
    assert reviewed(cli) == "none"
    github.pulls[COMMIT][0]["merge_commit_sha"] = "d0" * 20
    assert reviewed(cli) == digest_of(cli)


def test_environments_have_their_own_comments(world: Path, cli: Cli, github: FakeGitHub) -> None:
    del world
    network = Path("portal-config/portalsync.yaml")
    network.write_text(
        network.read_text() + "  trial:\n    backend: embedded\n    database: .portalsync/trial.db\n"
    )
    assert cli("plan", "--env=trial", "--out=trial.json", AT).code == 0
    for plan in ("plan.json", "trial.json"):
        assert cli("comment", f"--plan={plan}", "--pr=7").code == 0
    assert len(github.comments[7]) == 2
    github.merged(COMMIT, 7)
    assert cli("reviewed", f"--commit={COMMIT}").code == 4
    assert reviewed(cli, "--env=trial") == digest_of(cli, "trial.json") != digest_of(cli)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_another_change_is_refused_and_shown(form: str, world: Path, cli: Cli) -> None:
    """Different files since the review: exit 4, nothing written, the difference in words."""
    digest = digest_of(cli)
    Path("reviewed.json").write_bytes(Path("plan.json").read_bytes())
    chat_off()
    before = everything(world)
    refused = cli("apply", f"--expect={digest}", "--reviewed=reviewed.json", f"--format={form}", AT)
    assert refused.code == 4
    assert "not the change that was reviewed" in refused.err
    assert everything(world) == before
    if form == "json":
        told = json.loads(refused.out)["deviation"]
        assert told["expected"] == digest != told["found"]
        assert [change["edit"]["path"] for change in told["new"][0]["changes"]] == ["chat.clients_can_start"]
        assert [change["edit"]["after"] for change in told["gone"][0]["changes"]] == [True]
    else:
        flat = " ".join(refused.out.split())
        assert "Nobody reviewed this" in flat
        assert "would no longer happen" in flat
        assert "Make a prepayment" not in flat.partition("would no longer happen")[2]


def test_another_world_is_refused(world: Path, cli: Cli) -> None:
    """The same files, but the portal has something else now: what is seen or overwritten differs."""
    del world
    digest = digest_of(cli)
    by_hand("chat.clients_can_start", after=False)
    refused = cli("apply", f"--expect={digest}", "--reviewed=plan.json", AT)
    assert refused.code == 4
    assert "off → on" in " ".join(refused.out.split())


def test_without_the_reviewed_plan_all_is_shown(world: Path, cli: Cli) -> None:
    del world
    refused = cli("apply", f"--expect=review:{'0' * 64}", "--reviewed=missing.json", AT)
    assert refused.code == 4
    assert "The reviewed plan is not at hand" in " ".join(refused.out.split())
    assert "Make a prepayment" in refused.out
    other = cli("apply", f"--expect=review:{'0' * 64}", "--reviewed=plan.json", AT)
    assert "is not the plan that was reviewed" in other.err


def test_what_moves_without_being_another_change(world: Path, cli: Cli) -> None:
    """Time, comments, lines, how many clients there are, hand edits of what nobody manages."""
    digest = digest_of(cli)
    OAK.write_text("# A remark.\n\n" + OAK.read_text())
    by_hand("document_renaming.enabled", after=True)
    facts = world / "portal-config/facts/oak.yaml"
    facts.write_text(facts.read_text().replace("clients: 40", "clients: 41"))
    done = cli("apply", f"--expect={digest}", "--at=2026-12-24")
    assert done.code == 0, done.err


def test_a_saved_plan_may_be_held_to_it_too(world: Path, cli: Cli) -> None:
    del world
    assert cli("apply", "plan.json", f"--expect=review:{'0' * 64}").code == 4
    assert cli("apply", "plan.json", f"--expect={digest_of(cli)}").code == 0


@pytest.mark.parametrize(
    "digest", ["", "sha256:" + "0" * 64, "review:0", "review:" + "0" * 64 + "\n", "None"]
)
def test_a_digest_looks_like_one(digest: str, world: Path, cli: Cli) -> None:
    """Also an empty one: a step whose output is missing must not become an apply of anything."""
    before = everything(world)
    assert cli("apply", f"--expect={digest}", AT).code == 64
    assert everything(world) == before


def test_an_empty_variable_applies_nothing(world: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(world)
    monkeypatch.setenv("PORTALSYNC_EXPECT", "")
    assert cli("apply", "--reviewed=plan.json", AT).code == 64
    assert everything(world) == before


Decided = tuple[str, str, str, str]
"""Who, what, on which commit, and what kind of account."""

YES = ("ines", "APPROVED", HEAD, "User")


@pytest.mark.parametrize(
    ("decided", "needed", "missing"),
    [
        ([YES], 1, ""),
        ([YES, ("jonas", "APPROVED", HEAD, "User")], 2, ""),
        ([YES, ("ines", "COMMENTED", HEAD, "User")], 1, ""),
        ([("ines", "CHANGES_REQUESTED", HEAD, "User"), YES], 1, ""),
        ([], 0, ""),
        ([], 1, "#7 has 0 approvals of its last commit, and needs 1."),
        ([YES], 2, "#7 has 1 approval of its last commit, and needs 2."),
        ([YES, YES], 2, "#7 has 1 approval of its last commit, and needs 2."),
        ([("ines", "APPROVED", "d0" * 20, "User")], 1, "#7 has 0 approvals"),
        ([YES, ("ines", "DISMISSED", HEAD, "User")], 1, "#7 has 0 approvals"),
        ([(AUTHOR, "APPROVED", HEAD, "User")], 1, "#7 has 0 approvals"),
        ([("renovate", "APPROVED", HEAD, "Bot")], 1, "#7 has 0 approvals"),
        ([("passer-by", "APPROVED", HEAD, "User")], 1, "#7 has 0 approvals"),
        ([YES, ("ines", "CHANGES_REQUESTED", HEAD, "User")], 1, "Changes were asked for in #7"),
        ([YES, ("jonas", "CHANGES_REQUESTED", "d0" * 20, "User")], 1, "the word stands: jonas."),
        ([YES, ("passer-by", "CHANGES_REQUESTED", HEAD, "User")], 1, ""),
    ],
)
@pytest.mark.usefixtures("world")
def test_approvals_of_the_last_commit_count(
    decided: list[Decided], needed: int, missing: str, cli: Cli, github: FakeGitHub
) -> None:
    """The last word of each person who may write, other than the author and programs."""
    assert cli("comment", "--plan=plan.json", "--pr=7").code == 0
    github.merged(COMMIT, 7)
    github.writers += [AUTHOR, "renovate"]
    for who, state, commit, kind in decided:
        github.review(7, who, state, commit, kind)
    done = cli("reviewed", f"--commit={COMMIT}", f"--require-approval={needed}")
    assert (done.code, done.out.strip() == "none") == (0, bool(missing)), done.err
    assert missing in done.err if missing else done.err == ""


@pytest.mark.usefixtures("world")
def test_an_approval_is_of_the_plan_that_was_there_to_read(
    cli: Cli, github: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan job that runs again may find another change, of what was merged meanwhile or is otherwise in the
    portal now, without a new commit. Seen to fail: who had approved the one had approved the other.
    """
    longer_ago = "2020-01-02T03:04:05Z"
    assert cli("comment", "--plan=plan.json", "--pr=7").code == 0
    (comment,) = github.comments[7]
    comment["body"] = re.sub(r'"since":"[^"]+"', f'"since":"{longer_ago}"', comment["body"])
    github.review(7, "ines", "APPROVED")["submitted_at"] = longer_ago
    github.merged(COMMIT, 7)
    digest = digest_of(cli)
    monkeypatch.setenv("GITHUB_RUN_ATTEMPT", "3")
    assert cli("comment", "--plan=plan.json", "--pr=7").err == "The comment in #7: edited.\n"
    assert reviewed(cli, "--require-approval=1") == digest, "run again, it is the same plan"
    chat_off()
    assert cli("plan", "--out=plan.json", AT).code == 0
    assert cli("comment", "--plan=plan.json", "--pr=7").code == 0
    assert reviewed(cli, "--require-approval=1") == "none"
    github.review(7, "ines", "APPROVED")
    assert reviewed(cli, "--require-approval=1") == digest_of(cli) != digest


def test_a_plan_of_an_older_commit_does_not_count(world: Path, cli: Cli, github: FakeGitHub) -> None:
    """Something was pushed after it, and whatever was to plan that never came to comment."""
    del world
    assert cli("comment", "--plan=plan.json", "--pr=7").code == 0
    github.merged(COMMIT, 7, head="d0" * 20)
    done = cli("reviewed", f"--commit={COMMIT}")
    assert done.out == "none\n"
    assert done.err == f"The plan in #7 is not of its last commit, {'d0' * 20}.\n"


def test_a_failed_plan_takes_the_place_of_an_older_one(
    world: Path, cli: Cli, github: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the comment says is of this commit, with the reason; the older plan counts no longer."""
    assert cli("comment", "--plan=plan.json", "--pr=7", f"--head={'d0' * 20}").code == 0
    (world / "errors.txt").write_text("error: oak.yaml is `wrong`\n```\n@all <b>\x1b[0m\n")
    done = cli("comment", "--failed=errors.txt", "--env=local", "--pr=7", "--summary=summary.md")
    assert done.err == "The comment in #7: edited.\n"
    (comment,) = github.comments[7]
    mark, *seen = comment["body"].splitlines()
    assert seen == [
        f"## ⚠️ No plan for `local` at commit `{HEAD}`",
        "",
        (
            "What stood here before was about an earlier commit. It counts no longer, and nothing of this "
            "commit can be applied. The plan ended with:"
        ),
        "",
        "````text",
        "error: oak.yaml is `wrong`",
        "```",
        "@all <b>\\u001b[0m",
        "````",
    ]
    assert (world / "summary.md").read_text().splitlines() == seen
    assert f"## ⚠️ No plan at commit `{HEAD}`" in cli("comment", "--failed=errors.txt", "--print").out
    github.merged(COMMIT, 7)
    refused = cli("reviewed", f"--commit={COMMIT}")
    assert refused.out == "none\n"
    assert refused.err == f"The last commit of #7, {HEAD}, has no plan: the comment there says why.\n"
    monkeypatch.setenv("PORTALSYNC_LANG", "de")
    assert cli("comment", "--failed=errors.txt", "--env=local", "--pr=7").code == 0
    assert "Kein Plan für `local`" in comment["body"]
    assert mark == comment["body"].splitlines()[0]
    assert cli("comment", "--plan=plan.json", "--pr=7").err == "Kommentar in #7 aktualisiert.\n"
    assert reviewed(cli) == digest_of(cli), "and the next plan counts again"


@pytest.mark.parametrize(
    "arguments",
    [(), ("--plan=plan.json", "--failed=plan.json", "--env=local"), ("--failed=plan.json", "--pr=7")],
)
def test_a_comment_is_about_a_plan_or_its_lack(arguments: tuple[str, ...], world: Path, cli: Cli) -> None:
    del world
    done = cli("comment", "--print", *arguments)
    assert done.code == 64
    assert "Give --plan, or --failed with --env." in done.err


def test_what_was_accepted_travels_with_the_review(world: Path, cli: Cli, github: FakeGitHub) -> None:
    """Shown in the comment, it goes from there to the apply, and nobody types it again."""
    text = OAK.read_text()
    news = '{id: news, title: {en: News}, body: {en: "[Pay here](https://pay.example.com/x)"}}'
    OAK.write_text(text.replace("\noptions:\n", f"\noptions:\n  announcements: {{items: [{news}]}}\n"))
    assert cli("plan", "--out=plan.json", AT).code == 6
    blocked = cli("comment", "--plan=plan.json", "--print").out
    assert "```text\nPortalsync-Ack: new-host:pay.example.com\n```" in blocked
    assert cli("plan", "--out=plan.json", "--ack=new-host:pay.example.com", AT).code == 0
    assert cli("comment", "--plan=plan.json", "--pr=7").code == 0
    assert "Portalsync-Ack" not in github.comments[7][0]["body"]
    github.merged(COMMIT, 7)
    digest = reviewed(cli, "--outputs=out.txt")
    assert "\nacknowledged=new-host:pay.example.com\n" in (world / "out.txt").read_text()
    assert cli("apply", f"--expect={digest}", AT).code == 6
    assert cli("apply", f"--expect={digest}", "--ack=new-host:pay.example.com", AT).code == 0
