"""The guide for firms whose portal is there already, taken literally: the vendor's example, with settings
that people clicked together.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.contract.gate import APPLIER, READER
from tests.docs.reader import Reader
from tests.docs.reading import TAKE_OVER
from tests.example_portal import serving

from portalsync.model.json_value import JSON
from portalsync.resources import folder as packaged

ADDRESS = "https://portal.example/api"
FIRMS = ("berger-lindner", "harlow-pike")
CLICKED: dict[str, JSON] = {
    "done_uploading.button": True,
    "work_in_progress.enabled": True,
    "work_in_progress.statuses.received.name": {"en": "Received", "de": "Eingegangen"},
    "work_in_progress.statuses.in-review.name": {"en": "In review", "de": "Wird geprüft"},
    "work_in_progress.pipelines.income-tax.stages.intake.show": "received",
    "work_in_progress.pipelines.income-tax.stages.review.show": "in-review",
}


def by_hand(address: str, firm: str) -> None:
    headers = {"Authorization": f"Bearer {APPLIER}", "If-Match": '"1"', "Idempotency-Key": f"by hand {firm}"}
    clicked = {**CLICKED, "chat.clients_can_start": firm == FIRMS[0]}
    body = {
        "origin": "portal",
        "actor": "Dana Reyes",
        "plan": "",
        "options": {},
        "acknowledged": [],
        "writes": [{"path": path, "after": value} for path, value in clicked.items()],
        "managed": [],
    }
    with httpx2.Client(base_url=address, headers=headers, timeout=300) as client:
        answer = client.post(f"/v1/firms/{firm}/commits", json=body)
    assert answer.status_code == 201, answer.text


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    facts = tmp_path / "facts"
    facts.mkdir()
    for firm in FIRMS:
        shutil.copy(packaged("portal-config") / "facts" / f"{firm}.yaml", facts)
    with serving(facts, tmp_path / "store.json") as address:
        for firm in FIRMS:
            by_hand(address, firm)
        yield address


def test_the_guide_takes_the_vendors_example_over(
    address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """And the portal has then what it had, and one plan that changed nothing."""
    home = tmp_path / "reader"
    home.mkdir()
    before = settings(address)
    tokens = {"PORTALSYNC_TOKEN": READER, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com"}
    committer = {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com"}
    reader = Reader(
        home,
        {ADDRESS: address, "portal-read-token": READER, "portal-apply-token": APPLIER},
        {**tokens, **committer},
    )
    reader.follow(TAKE_OVER, update=request.config.getoption("--update-cases"))
    assert settings(address) == before
    assert [each["applied"] for each in states(address)] == [3, 3]


def states(address: str) -> list[dict[str, JSON]]:
    with httpx2.Client(
        base_url=address, headers={"Authorization": f"Bearer {READER}"}, timeout=300
    ) as client:
        return [client.get(f"/v1/firms/{firm}/settings").raise_for_status().json() for firm in FIRMS]


def settings(address: str) -> list[JSON]:
    return [each["settings"] for each in states(address)]
