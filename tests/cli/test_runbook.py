"""`portalsync runbook`: a saved plan as what people click, in the words of the portal that they click in."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli
from tests.cli.test_formats import published
from tests.workflows.fake_github import REPOSITORY, TOKEN, serving

OURS = """\
apiVersion: portalsync/v1
kind: Vendor
id: ours
name: Our portal
pages:
  chats: {way: {en: [Options, Talking]}}
settings: {}
"""


@pytest.mark.usefixtures("world")
def test_without_a_vendor_it_speaks_as_portalsync_does(cli: Cli) -> None:
    printed = cli("runbook", "plan.json")
    assert printed.code == 0
    assert "Names of pages and settings are portalsync's own" in printed.out
    assert "TaxDome" not in printed.out


@pytest.mark.usefixtures("world")
def test_a_vendor_is_named_for_once_or_in_its_environment(world: Path, cli: Cli) -> None:
    named = cli("runbook", "plan.json", "--vendor=taxdome")
    network = world / "portal-config" / "portalsync.yaml"
    text = network.read_text(encoding="utf-8")
    network.write_text(text.replace("backend: embedded", "backend: embedded\n    vendor: taxdome"))
    assert "Settings › Firm settings" in named.out
    assert cli("runbook", "plan.json").out == named.out


@pytest.mark.usefixtures("world")
def test_a_configuration_has_its_own_vendor(world: Path, cli: Cli) -> None:
    (world / "portal-config" / "vendors").mkdir()
    (world / "portal-config" / "vendors" / "ours.yaml").write_text(OURS, encoding="utf-8")
    assert cli("validate").code == 0
    assert "Our portal" in cli("runbook", "plan.json", "--vendor=ours").out


@pytest.mark.usefixtures("world")
def test_a_vendor_that_nobody_knows_is_told_with_those_there_are(cli: Cli) -> None:
    refused = cli("runbook", "plan.json", "--vendor=../portalsync")
    assert refused.code == 64
    assert "Only taxdome is possible." in refused.err


def test_validate_warns_of_an_environment_whose_vendor_nobody_knows(world: Path, cli: Cli) -> None:
    network = world / "portal-config" / "portalsync.yaml"
    text = network.read_text(encoding="utf-8")
    manual = "backend: manual\n    vendor: taxdom\n  local:\n    backend: embedded"
    network.write_text(
        text.replace("local:\n    backend: embedded", f"hand:\n    {manual}"), encoding="utf-8"
    )
    warned = cli("validate")
    assert warned.code == 0
    assert "warning[vendor-unknown]: Nobody knows where taxdom has its settings." in warned.err + warned.out
    network.write_text(network.read_text(encoding="utf-8").replace("taxdom\n", "taxdome\n"), encoding="utf-8")
    assert "vendor-unknown" not in cli("validate").out


@pytest.mark.usefixtures("world")
def test_programs_and_issues_read_the_same_steps(cli: Cli) -> None:
    printed = cli("runbook", "plan.json", "--format=json", "--vendor=taxdome").out
    published("click-list", printed)
    steps = json.loads(printed)["steps"]
    boxes = [
        line for line in cli("runbook", "plan.json", "--format=markdown").out.splitlines() if "- [ ]" in line
    ]
    assert len(boxes) == len(steps) > 0


@pytest.mark.usefixtures("world")
def test_in_german_it_is_german(cli: Cli) -> None:
    printed = cli("runbook", "plan.json", "--lang=de", "--vendor=taxdome").out
    assert "Einstellungen › Firmeneinstellungen" in printed
    assert "Prüfen: Öffnen Sie die Seite noch einmal" in printed


@pytest.mark.usefixtures("world")
def test_one_issue_is_open_while_there_is_something_to_click(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as github:
        monkeypatch.setenv("GITHUB_API_URL", github.api)
        monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        for _ in range(2):
            assert cli("runbook", "plan.json", "--issue").code == 0
        (issue,) = github.issues
        assert (issue["state"], issue["labels"]) == ("open", ["portal-clicks"])
        assert "- [ ] " in issue["body"]
        assert cli("apply", "plan.json").code == 0
        assert cli("plan", AT, "--out=next.json").code == 0
        assert cli("runbook", "next.json", "--issue").code == 0
        assert [(each["state"], "- [ ] " in each["body"]) for each in github.issues] == [("closed", False)]


@pytest.mark.usefixtures("world")
def test_the_file_is_written_beside_what_is_printed(world: Path, cli: Cli) -> None:
    written = cli("runbook", "plan.json", "--out=runbook.html")
    assert "What to click" in written.out
    assert written.err == "Saved to runbook.html.\n"
    assert (world / "runbook.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert cli("runbook", "plan.json", "--out=portal-config/runbook.html").code == 64


@pytest.mark.usefixtures("world")
def test_what_a_guardrail_holds_up_is_not_to_be_clicked(world: Path, cli: Cli) -> None:
    """Apply would not record it. Seen to fail: the list was printed."""
    with (world / "portal-config" / "portalsync.yaml").open("a") as file:
        file.write("guardrails: {affected_clients: 1}\n")
    assert cli("plan", AT, "--out=plan.json").code == 6
    blocked = cli("runbook", "plan.json", "--out=runbook.html")
    assert (blocked.code, blocked.out, (world / "runbook.html").exists()) == (6, "", False)
    assert "--ack affected-clients:40" in blocked.err


def test_firms_that_are_stopped_are_named(world: Path, cli: Cli) -> None:
    firm = world / "portal-config" / "firms" / "oak.yaml"
    firm.write_text(firm.read_text(encoding="utf-8") + "  appointments: {enabled: true}\n", encoding="utf-8")
    assert cli("plan", AT, "--out=plan.json").code == 3
    listed = cli("runbook", "plan.json", "--output-file=markdown=list.md", "--out=runbook.html")
    stopped = "1 firm is stopped, because something is wrong with it: oak."
    assert stopped in " ".join(listed.out.split())
    assert stopped.replace("oak", "`oak`") in Path("list.md").read_text(encoding="utf-8")
    assert stopped in Path("runbook.html").read_text(encoding="utf-8")
