"""What a portal has of a firm: managed here, and not."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import Cli
from tests.cli.hand_edits import by_hand

from portalsync.resources import folder

HAND = "profile.phone"


@pytest.fixture
def applied(world: Path, cli: Cli) -> Path:
    """A plan was applied, and something set by hand that no file speaks of."""
    assert cli("apply", "plan.json", "--actor=Robin Okafor").code == 0
    by_hand(HAND, after="+49 30 5550100")
    return world


def test_managed_and_unmanaged_are_told_apart(applied: Path, cli: Cli) -> None:
    del applied
    done = cli("show", "--live", "oak")
    text = " ".join(done.out.split())
    here, _, not_here = text.partition("Not managed here")
    assert done.code == 0, done.err
    assert "by Robin Okafor" in here
    assert "1 setting is not." in here
    assert "Name: “Oak & Partners”" in here
    assert "Oak & Partners" not in not_here
    assert "Telephone: +49 30 5550100" in not_here
    german = cli("show", "--live", "oak", "--lang=de").out
    assert "Nicht hier verwaltet: Kein Plan rührt daran" in german


def test_programs_get_every_value(applied: Path, cli: Cli) -> None:
    del applied
    body = _body(cli)
    assert body["unmanaged"] == {HAND: "+49 30 5550100"}
    assert body["managed"]["profile.name"] == "Oak & Partners"
    assert (body["generation"], body["applied"]["generation"]) == (3, 2)
    schema = json.loads((folder("schemas") / "on-portal.v1.schema.json").read_text(encoding="utf-8"))
    assert [*Draft202012Validator(schema).iter_errors(body)] == []


def test_a_firm_that_no_file_names_is_shown_too(applied: Path, cli: Cli) -> None:
    """Also with files that have errors: taking a firm over begins with a look."""
    (applied / "portal-config" / "firms" / "oak.yaml").write_text("no: firm\n")
    body = _body(cli)
    assert body["firm"] == "oak"
    assert cli("show", "--live", "oak", "--summary").out.count("\n") < len(body["managed"])


@pytest.mark.parametrize("arguments", [(), ("plan.json", "--live", "oak")])
def test_one_of_both_is_shown(world: Path, cli: Cli, arguments: tuple[str, ...]) -> None:
    del world
    done = cli("show", *arguments)
    assert (done.code, "what the portal has of a firm" in done.err) == (64, True)


def test_a_firm_that_the_portal_does_not_have(world: Path, cli: Cli) -> None:
    del world
    assert cli("show", "--live", "").code == 64
    done = cli("show", "--live", "aok")
    assert (done.code, "oak" in done.err) == (64, True)


def _body(cli: Cli) -> Any:
    done = cli("show", "--live", "oak", "--format=json")
    assert done.code == 0, done.err
    return json.loads(done.out)
