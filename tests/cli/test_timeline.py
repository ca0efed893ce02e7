"""`timeline`: what comes by itself, in the firm's zone, and what was forgotten."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import Cli

from portalsync.views.published import published

AT = "--at=2026-12-01T09:00Z"
ANNOUNCED = """
  announcements:
    items:
      - id: closed
        title: {en: Closed over the holidays}
        body: {en: We are back soon.}
        starts: 2026-12-18
        ends: 2027-01-03T18:00
      - id: new-fees
        title: {en: New fees}
        body: {en: They are lower.}
        starts: 2027-01-05
      - id: new-fees-2
        title: {en: New fees}
        body: {en: They are lower.}
        starts: 2027-01-05
      - id: summer
        title: {en: Summer hours}
        body: {en: We close at noon.}
        ends: 2026-09-01
"""


@pytest.fixture
def announced(world: Path) -> Path:
    layer = world / "portal-config" / "firms" / "oak.yaml"
    layer.write_text(layer.read_text() + ANNOUNCED)
    return world


def asked(cli: Cli, *arguments: str) -> dict[str, Any]:
    found = cli("timeline", "--format=json", AT, *arguments)
    assert found.code == 0, found.err
    body: dict[str, Any] = json.loads(found.out)
    Draft202012Validator(published()["timeline.v1.schema.json"]).validate(body)
    return body


def events(reaches: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    effects = [reach["effect"] for reach in reaches]
    return {(each["since"], each["kind"], each["labels"]["en"]) for each in effects}


COMING = {
    ("2026-12-17T23:00:00+00:00", "appears", "Closed over the holidays"),
    ("2027-01-03T17:00:00+00:00", "disappears", "Closed over the holidays"),
    ("2027-01-04T23:00:00+00:00", "appears", "New fees"),
}


@pytest.mark.usefixtures("announced")
def test_what_comes_before_and_after_the_apply(cli: Cli, requests: list[str]) -> None:
    """It only reads; what is not applied yet says so, and what the files take away does."""
    (firm,) = asked(cli)["firms"]
    assert events(firm["pending"]) == COMING
    assert (firm["effects"], firm["leaving"]) == ([], [])
    assert {*requests} <= {"GET"}
    assert cli("apply", "--yes", AT).code == 0
    (firm,) = asked(cli)["firms"]
    assert events(firm["effects"]) == COMING
    layer = Path("portal-config/firms/oak.yaml")
    layer.write_text(layer.read_text().replace("2027-01-03T18:00", "2027-01-02"))
    (firm,) = asked(cli)["firms"]
    assert events(firm["leaving"]) == {
        ("2027-01-03T17:00:00+00:00", "disappears", "Closed over the holidays")
    }
    assert events(firm["pending"]) == {
        ("2027-01-02T23:00:00+00:00", "disappears", "Closed over the holidays")
    }


@pytest.mark.usefixtures("announced")
def test_what_was_forgotten_is_told_with_its_line(cli: Cli) -> None:
    """In text, in the firm's zone, in both languages."""
    found = cli("timeline", "--offline", AT).out
    lines = " ".join(found.split())
    assert (
        "“Closed over the holidays” is over from 3 Jan 2027, 18:00 (Belgrade) on, and “New fees” only"
        in lines
    )
    assert "firms/oak.yaml:21:15" in lines
    assert "“New fees” and “New fees” are both shown from 5 Jan 2027 on." in lines
    assert "“Summer hours” has been over since 2 Sep 2026" in lines
    german = " ".join(cli("timeline", "--offline", "--lang=de", AT).out.split())
    assert "ist ab 3. Januar 2027, 18:00 Uhr (Belgrade) vorbei" in german


def test_nothing_to_tell(world: Path, cli: Cli) -> None:
    """And a firm without a copy of its facts needs a portal."""
    assert "Nothing changes by itself in the firm." in cli("timeline", AT).out
    (world / "portal-config" / "facts" / "oak.yaml").unlink()
    refused = cli("timeline", "--offline", AT)
    assert (refused.code, "facts/oak.yaml" in refused.err) == (3, True)


def test_a_firm_that_the_portal_has_not_stops_no_other(world: Path, cli: Cli) -> None:
    """It is named; and where there is no other, it is an error."""
    layer = world / "portal-config" / "firms" / "oak.yaml"
    other = layer.with_name("elm.yaml")
    other.write_text(layer.read_text().replace("id: oak", "id: elm"))
    body = asked(cli)
    assert ([firm["id"] for firm in body["firms"]], body["unknown"]) == (["oak"], ["elm"])
    assert "1 firm is not on the portal: elm" in cli("timeline", AT).out
    assert cli("timeline", AT, "--firm=elm").code == 1
    assert cli("status", AT, "--html=status.html").code == 0


@pytest.mark.usefixtures("announced")
def test_only_what_comes_soon(cli: Cli) -> None:
    """Within whole days from now; however many, and never without what was forgotten."""
    (firm,) = asked(cli, "--offline", "--days=17")["firms"]
    assert events(firm["effects"]) == {min(COMING)}
    (firm,) = asked(cli, "--offline", "--days=16")["firms"]
    assert (firm["effects"], len(firm["gaps"])) == ([], 1)
    (firm,) = asked(cli, "--offline", f"--days={10**12}")["firms"]
    assert events(firm["effects"]) == COMING
    assert ", within 16 days\n" in cli("timeline", "--offline", "--days=16", AT).out
