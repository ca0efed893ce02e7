"""What has exactly the size of its limit passes validate, plan and apply; what has more, validate refuses."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import AT, call
from tests.limits import Case, cases, write

from portalsync.catalog.options.announcements import ITEMS, LONGEST_BODY
from portalsync.model.json_value import JSON, JSONObject

WITHIN = {case.firm: case for case in cases()}
BEYOND = {case.firm: case for case in cases(beyond=1)}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each firm in one apply of them all."""
    root = tmp_path_factory.mktemp("limits") / "portal-config"
    plan = root.with_name("plan.json")
    write(root, *WITHIN.values())
    for command in (("validate",), ("plan", f"--out={plan}", "--ack=empty-home:chat-audience")):
        done = call(*command, f"--config={root}", AT)
        assert done.code == 0, done.err
    done = call("apply", str(plan), f"--config={root}", "--yes", "--format=json")
    return {firm["id"]: firm["outcome"] for firm in json.loads(done.out)["firms"]}


@pytest.mark.parametrize("firm", WITHIN)
def test_a_value_at_its_limit_is_applied(firm: str, outcomes: dict[str, str]) -> None:
    """Seen to fail when files of pictures could be larger than what the portal takes: refused half-way."""
    assert outcomes[firm] == "committed"


@pytest.mark.parametrize("case", BEYOND.values(), ids=BEYOND)
def test_a_value_beyond_its_limit_ends_at_validate(case: Case, tmp_path: Path) -> None:
    write(tmp_path, case)
    done = call("validate", f"--config={tmp_path}", AT, "--format=json")
    assert done.code == 3
    files = {finding["file"] for finding in json.loads(done.out)["findings"]}
    assert str(tmp_path / next(iter(case.pictures), f"firms/{case.firm}.yaml")) in files


def test_a_firm_that_no_request_can_hold_ends_at_plan(tmp_path: Path) -> None:
    """Each text within its limit, all together beyond it. Seen to fail: it was planned, and never sent."""
    body: JSON = dict.fromkeys(("en", "de"), "\U0001f600" * LONGEST_BODY)
    items: JSON = [
        {"id": f"{each}", "title": {"en": "T"}, "body": body, **_day(each)} for each in range(ITEMS.limit)
    ]
    config = tmp_path / "portal-config"
    write(config, Case("oak", {"options": {"announcements": {"items": items}}}))
    assert call("validate", f"--config={config}", AT).code == 0
    done = call("plan", f"--config={config}", f"--out={tmp_path / 'plan.json'}", AT)
    assert done.code == 3
    assert "The commit of oak is too large to be sent." in done.out
    assert "error: 1 firm is stopped, because something is wrong with it: oak." in done.err
    assert json.loads(call("show", str(tmp_path / "plan.json"), "--format=json").out)["firms"] == []


def _day(number: int) -> JSONObject:
    """No two announcements are on at the same time."""
    day = f"20{number:02}-01-01"
    return {"starts": day, "ends": day}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            "at more than 40 coming moments. The next 40 are looked at; 10 later ones are not.",
        ),
        (
            "de",
            "von selbst. Betrachtet sind die nächsten 40, 10 spätere nicht.",
        ),
    ],
)
def test_more_moments_than_are_looked_at_are_said(language: str, says: str, tmp_path: Path) -> None:
    """In the plan, what is saved of it, and where pages are previewed."""
    starts = [f"20{year}-{month:02}-01" for year in (27, 28, 29) for month in range(1, 13)][:25]
    items: JSON = [
        {"id": f"a{day}", "title": {"en": "T"}, "body": {"en": "B"}, "starts": day, "ends": f"{day[:-2]}05"}
        for day in starts
    ]
    config, plan = tmp_path / "portal-config", tmp_path / "plan.json"
    write(config, Case("oak", {"options": {"announcements": {"items": items}}}))
    done = call("plan", f"--config={config}", f"--out={plan}", f"--lang={language}", AT)
    assert says in " ".join(done.out.split())
    shown = call("show", str(plan), "--format=json")
    assert [firm["unseen_instants"] for firm in json.loads(shown.out)["firms"]] == [10]
    told = call("preview", f"--config={config}", f"--out={tmp_path / 'x.html'}", f"--lang={language}", AT)
    assert says in " ".join(told.err.split())
