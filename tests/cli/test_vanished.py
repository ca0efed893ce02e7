"""The portal moves too: what it had when settings were applied that need it, and has no more."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.base_firms import network_of
from tests.cli.conftest import AT, Cli
from tests.cli.hand_edits import say

from portalsync.lexicon import lexicon_of
from portalsync.living.drift import Drift
from portalsync.model.codec import decode
from portalsync.resources import folder
from portalsync.views.drift_issue import drift_issue

CONFIG = Path("portal-config")
TEMPLATE = "  organizers:\n    templates:\n      - {id: rental-property, self_service: true}\n"
STAGE = """\
  work_in_progress:
    enabled: true
    statuses:
      - {id: busy, name: {en: Busy}}
    pipelines:
      - id: income-tax
        stages:
          - {id: review, show: busy}
"""


@pytest.fixture
def network(world: Path, cli: Cli) -> Path:
    """Three firms that offer a template, one of them with a status at a stage: all applied."""
    say("  prepayments: {enabled: true}\n" + TEMPLATE)
    text = (CONFIG / "firms" / "oak.yaml").read_text()
    network_of(CONFIG, ())
    (CONFIG / "firms" / "oak.yaml").write_text(text)
    facts = (CONFIG / "facts" / "oak.yaml").read_text()
    for firm in ("ash", "elm"):
        own = text.replace(": oak", f": {firm}").replace("Oak &", f"{firm.capitalize()} &")
        (CONFIG / "firms" / f"{firm}.yaml").write_text(own + (STAGE if firm == "elm" else ""))
        (CONFIG / "facts" / f"{firm}.yaml").write_text(facts.replace(": oak", f": {firm}"))
    done = cli("apply", "--yes", AT)
    assert done.code == 0, done.err
    return world


def _gone(*names: str, firms: tuple[str, ...] = ("ash", "elm", "oak")) -> None:
    """The portal inside the program has the facts that the files have."""
    for firm in firms:
        file = CONFIG / "facts" / f"{firm}.yaml"
        for name in names:
            file.write_text(file.read_text().replace(name, f"{name}-anew"))


def _printed(cli: Cli, *arguments: str) -> str:
    done = cli(*arguments)
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def _vanished(cli: Cli, command: str, schema: str) -> Any:
    done = cli(command, "--format=json", *([AT] if command == "plan" else []))
    assert done.code == 0, done.err
    body = json.loads(done.out)
    published = json.loads((folder("schemas") / schema).read_text(encoding="utf-8"))
    assert [*Draft202012Validator(published).iter_errors(body)] == []
    return body.get("vanished")


@pytest.mark.parametrize("command", ["plan", "drift"])
def test_a_template_that_was_deleted_is_told_with_its_firms(network: Path, cli: Cli, command: str) -> None:
    """Though every firm is as its files say. Seen to fail where only firms that differ are looked at."""
    del network
    schema = {"plan": "plan.v2.schema.json", "drift": "drift.v1.schema.json"}[command]
    assert _vanished(cli, command, schema) is None
    _gone("rental-property")
    text = _printed(cli, command)
    assert "rental-property was deleted on the portal; 3 firms offer it." in text
    assert "ash, elm, oak" in text
    assert "portalsync explain ash organizers.templates.rental-property.self_service" in text
    german = _printed(cli, command, "--lang=de")
    assert "wurde im Portal gelöscht; 3 Kanzleien bieten sie an." in german
    (found,) = _vanished(cli, command, schema)
    assert (found["kind"], found["id"]) == ("template", "rental-property")
    assert found["firms"] == ["ash", "elm", "oak"]


def test_stages_and_providers_go_too(network: Path, cli: Cli) -> None:
    del network
    _gone("review")
    _gone("connected: true, default: true", firms=("oak",))
    facts = CONFIG / "facts" / "oak.yaml"
    facts.write_text(facts.read_text().replace("connected: true, default: true-anew", "connected: false"))
    text = _printed(cli, "plan")
    assert "The stage income-tax/review was deleted on the portal; 1 firm shows clients" in text
    assert "No payment provider is connected on the portal any more; 1 firm takes prepayments." in text
    _gone("income-tax")
    text = _printed(cli, "plan", "--firm=elm")
    assert "The pipeline income-tax was deleted on the portal; 1 firm shows clients" in text
    assert "payment provider" not in text


def test_what_is_not_needed_may_go(network: Path, cli: Cli) -> None:
    """A template that clients cannot start, and one of a firm that nothing was applied to."""
    for firm in ("ash", "elm", "oak"):
        file = CONFIG / "firms" / f"{firm}.yaml"
        file.write_text(file.read_text().replace("self_service: true", "self_service: false"))
    assert cli("apply", "--yes", AT).code == 0
    _gone("rental-property")
    assert "deleted" not in _printed(cli, "plan")
    assert "deleted" not in _printed(cli, "drift")
    del network


def test_what_the_plan_takes_away_is_needed_no_more(network: Path, cli: Cli) -> None:
    """One firm lets go of the template, one switches it off: the third still offers it."""
    del network
    _gone("rental-property")
    ash, elm = (CONFIG / "firms" / f"{firm}.yaml" for firm in ("ash", "elm"))
    ash.write_text(ash.read_text().replace(TEMPLATE, ""))
    elm.write_text(elm.read_text().replace("self_service: true", "self_service: false"))
    assert "rental-property was deleted on the portal; 1 firm offers it. oak" in _printed(cli, "plan", AT)


def test_it_is_no_part_of_what_is_reviewed(network: Path, cli: Cli) -> None:
    """A plan has the same digest and the same file, whatever goes meanwhile."""
    del network
    defaults = CONFIG / "firms" / "ash.yaml"
    defaults.write_text(defaults.read_text().replace("Ash &", "Old Ash &"))
    assert cli("plan", "--out=before.json", AT).code == 0
    _gone("review", firms=("elm",))
    assert "deleted" in _printed(cli, "plan", "--out=after.json", AT)
    files = (Path(name).read_text() for name in ("before.json", "after.json"))
    before, after = (json.loads(each.splitlines()[0]) for each in files)
    assert {**before, "config": "", "digest": ""} == {**after, "config": "", "digest": ""}


def test_the_issue_of_drift_tells_it(network: Path, cli: Cli) -> None:
    del network
    _gone("rental-property")
    drift = decode(Drift, json.loads(cli("drift", "--format=json").out))
    _, body = drift_issue(drift, lexicon_of("en"))
    assert "was deleted on the portal; 3 firms offer it." in body
