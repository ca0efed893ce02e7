"""A plan that is applied after a moment that it promised says so."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli

ANNOUNCED = """
  announcements:
    items:
      - id: closed
        title: {en: Closed over the holidays}
        body: {en: We are back soon.}
        starts: 2026-12-18
        ends: 2027-01-03T18:00
      - id: payroll
        title: {en: Payroll cutoff}
        body: {en: At noon.}
        ends: 2026-12-14T12:00
      - id: new-fees
        title: {en: New fees}
        body: {en: They are lower.}
        starts: 2027-02-01
"""


@pytest.fixture
def saved(world: Path, cli: Cli) -> Path:
    layer = world / "portal-config" / "firms" / "oak.yaml"
    layer.write_text(layer.read_text() + ANNOUNCED)
    assert cli("plan", "--out=plan.json", AT).code == 0
    return world


@pytest.mark.usefixtures("saved")
def test_in_time_there_is_nothing_to_say(cli: Cli) -> None:
    applied = cli("apply", "plan.json", "--at=2026-12-14T10:59Z", "--output-file=json=receipt.json")
    assert (applied.code, "passed" in applied.out + applied.err) == (0, False)
    assert "passed" not in json.loads(Path("receipt.json").read_text())


@pytest.mark.usefixtures("saved")
def test_what_comes_at_once_and_what_is_over(cli: Cli) -> None:
    """On stderr, in the firm's zone, whatever the format; what is still to come is as it was promised."""
    applied = cli("apply", "plan.json", "--at=2026-12-20", "--format=json")
    assert applied.code == 0
    said = " ".join(applied.err.split())
    assert "From 18 Dec 2026, which has passed: at once, with the apply" in said
    assert "From 14 Dec 2026, 12:00 (Belgrade), which has passed: over" in said
    assert said.count("“Closed over the holidays” appears") == said.count("“Payroll cutoff” appears") == 1
    assert "New fees" not in said
    passed = json.loads(applied.out)["passed"]
    assert {(each["effect"]["labels"]["en"], each["over"]) for each in passed} == {
        ("Closed over the holidays", False),
        ("Payroll cutoff", True),
    }


@pytest.mark.usefixtures("saved")
def test_what_was_reviewed_says_so_too(cli: Cli) -> None:
    """After the merge the plan is made anew, and knows no more what was promised; the reviewed one does. If
    nobody will see a part of it any more, that is why it is another change.
    """
    digest = cli("comment", "--plan=plan.json", "--print").out.partition("review:")[2][:64]
    reviewed = (f"--expect=review:{digest}", "--reviewed=plan.json", "--lang=de")
    over = cli("apply", *reviewed, "--at=2026-12-15")
    assert (over.code, "inzwischen vergangen: vorbei" in over.err) == (4, True)
    assert cli("apply", *reviewed, "--at=2026-12-13").code == 0


@pytest.mark.usefixtures("saved")
def test_a_reviewed_plan_that_comes_at_once_is_applied(cli: Cli) -> None:
    layer = Path("portal-config/firms/oak.yaml")
    layer.write_text(layer.read_text().replace("ends: 2026-12-14T12:00", "ends: 2027-03-01"))
    assert cli("plan", "--out=plan.json", AT).code == 0
    digest = cli("comment", "--plan=plan.json", "--print").out.partition("review:")[2][:64]
    late = cli("apply", f"--expect=review:{digest}", "--reviewed=plan.json", "--at=2026-12-18")
    assert (late.code, "From 18 Dec 2026, which has passed: at once" in late.err) == (0, True)
    assert "! The plan tells of 1 change for a moment that had passed" in late.out
