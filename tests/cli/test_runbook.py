"""`portalsync runbook`: a saved plan as what people click, in the words of the portal that they click in."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Cli
from tests.cli.test_formats import published

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
