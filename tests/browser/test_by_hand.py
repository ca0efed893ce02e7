"""The round by hand: plan, runbook, ticks in a browser, what it saved is recorded, and the plan is empty."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.cli.conftest import BASE, call

pytestmark = pytest.mark.browser


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office whose portal is set by hand stands in its folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, tmp_path / "portal-config")
    network = tmp_path / "portal-config" / "portalsync.yaml"
    text = network.read_text(encoding="utf-8").replace(
        "backend: embedded", "backend: manual\n    vendor: taxdome"
    )
    network.write_text(text.replace("    database: .portalsync/portal.db\n", ""), encoding="utf-8")
    return tmp_path


def test_what_is_ticked_in_a_browser_is_what_the_portal_has(office: Path, browser: Browser) -> None:
    """Seen to fail when the runbook's ids were not those of the plan's click list."""
    assert call("plan", "--out=plan.json").code == 0
    assert call("runbook", "plan.json", "--out=runbook.html").code == 0
    page = browser.new_page()
    page.goto((office / "runbook.html").as_uri())
    page.get_by_label("Who ticks").fill("R. Pike")
    boxes = page.get_by_label("Done", exact=True)
    for box in boxes.all()[1:]:
        box.check()
    saved = _saved(page, office)
    assert call("apply", "plan.json", f"--done={saved}").code == 5  # the first step is left
    boxes.first.check()
    assert call("apply", "plan.json", f"--done={_saved(page, office)}").code == 0
    assert call("plan", "--detailed-exitcode").code == 0
    assert "R. Pike" in (office / "portal-config/portal-record/oak.yaml").read_text(encoding="utf-8")
    page.close()


def _saved(page: Page, office: Path) -> Path:
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save the result").first.click()
    caught.value.save_as(office / "runbook.json")
    return office / "runbook.json"
