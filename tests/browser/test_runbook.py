"""The runbook as an office uses it: opened from disk, ticked, left, opened again, saved."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Opened
from tests.unit.views.click_lists import EVERY_FIELD, clicks_of, part_of

from portalsync.lexicon import lexicon_of
from portalsync.model.click_list import RunbookResult, StepOutcome
from portalsync.model.codec import decode
from portalsync.views.click_list.runbook import runbook_html

pytestmark = pytest.mark.browser

CHAT, FIRM_NAME = "oak:chat.clients_can_start", "oak:profile.name"


@dataclass
class Runbook:
    """One that is open in a browser."""

    opened: Opened
    file: Path

    @property
    def page(self) -> Page:
        return self.opened.page

    def tick(self, step: str, label: str = "Done") -> None:
        self.page.locator(f'[data-step="{step}"]').get_by_label(label, exact=True).check()

    def is_ticked(self, step: str) -> bool:
        return self.page.locator(f'[data-step="{step}"]').get_by_label("Done", exact=True).is_checked()

    def save(self) -> str:
        with self.page.expect_download() as caught:
            self.page.get_by_role("button", name="Save the result").first.click()
        assert caught.value.suggested_filename == "runbook.json"
        return Path(caught.value.path()).read_text(encoding="utf-8")


@pytest.fixture
def runbook(browser: Browser, tmp_path: Path) -> Iterator[Runbook]:
    file = tmp_path / "runbook.html"
    file.write_bytes(runbook_html(clicks_of(part_of(EVERY_FIELD)), lexicon_of("en")))
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = Opened(context.new_page())
    opened.page.on("console", opened.note)
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("request", opened.ask)
    opened.page.goto(file.as_uri())
    yield Runbook(opened, file)
    context.close()


def test_what_is_ticked_is_still_there_tomorrow_and_is_saved_with_who_and_when(runbook: Runbook) -> None:
    """Seen to fail when ticks were kept without the name of who ticked."""
    page = runbook.page
    page.get_by_label("Who ticks").fill("R. Pike")
    runbook.tick(CHAT)
    runbook.tick(FIRM_NAME, "Could not")
    page.locator(f'[data-step="{FIRM_NAME}"]').get_by_label("Why not?").fill("No \u00a0right\u200b to")
    page.reload()
    assert runbook.is_ticked(CHAT)
    assert not runbook.is_ticked(FIRM_NAME)
    expect(page.locator("#count")).to_have_text(f"1 of {len(page.locator('[data-step]').all())} done")
    saved = decode(RunbookResult, json.loads(runbook.save()))
    marks = {each.step: (each.outcome, each.by, each.note) for each in saved.steps}
    assert marks == {
        CHAT: (StepOutcome.DONE, "R. Pike", ""),
        FIRM_NAME: (StepOutcome.COULD_NOT, "R. Pike", "No right to"),
    }
    assert saved.plan == clicks_of(part_of(EVERY_FIELD)).plan
    assert (runbook.opened.complaints, runbook.opened.requests) == ([], [])


def test_nobody_saves_without_a_name(runbook: Runbook) -> None:
    page = runbook.page
    runbook.tick(CHAT)
    page.get_by_label("Who ticks").fill("  \u200b ")
    page.get_by_role("button", name="Save the result").first.click()
    expect(page.locator("#told")).to_have_text("Write who ticks, so that it can be recorded.")
    page.get_by_label("Who ticks").fill("Ada")
    assert '"by": "Ada"' in runbook.save()


def test_somebody_else_goes_on_from_a_saved_file(runbook: Runbook, tmp_path: Path) -> None:
    page, file = runbook.page, tmp_path / "runbook.json"
    page.get_by_label("Who ticks").fill("R. Pike")
    runbook.tick(CHAT)
    file.write_text(runbook.save(), encoding="utf-8")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert not runbook.is_ticked(CHAT)
    page.get_by_label("Go on from a file").set_input_files(file)
    expect(page.locator("#told")).to_have_text("runbook.json is taken over.")
    assert runbook.is_ticked(CHAT)
    file.write_text(file.read_text().replace("sha256:", "sha256:f"), encoding="utf-8")
    page.get_by_label("Go on from a file").set_input_files(file)
    expect(page.locator("#told")).to_have_text("runbook.json is no result of this click list.")
    assert runbook.is_ticked(CHAT)


def test_a_text_is_copied_as_it_is(runbook: Runbook) -> None:
    page = runbook.page
    copied = page.locator('[data-step="oak:profile.address"]')
    copied.get_by_role("button", name="Copy").click()
    expect(copied.get_by_role("button", name="Copied")).to_be_visible()
    [address] = [edit.after for edit in EVERY_FIELD if edit.path == "profile.address"]
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_it_is_read_on_a_phone_in_the_dark_and_on_paper(runbook: Runbook) -> None:
    page = runbook.page
    page.get_by_label("Who ticks").fill("Ada")
    runbook.tick(CHAT)
    runbook.tick(FIRM_NAME, "Could not")
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
        assert found.violations_count == 0, found.generate_report()
    page.emulate_media(media="print")
    expect(page.locator("#bar")).to_be_hidden()
    expect(page.locator(".on-paper")).to_be_visible()
    assert page.locator(".copied pre").first.evaluate("each => getComputedStyle(each).maxHeight") == "none"


def test_without_scripts_it_is_a_list_to_tick_on_paper(browser: Browser, tmp_path: Path) -> None:
    """Seen to fail while the bar showed buttons that did nothing."""
    file = tmp_path / "runbook.html"
    file.write_bytes(runbook_html(clicks_of(part_of(EVERY_FIELD[:3])), lexicon_of("de")))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.get_by_text("Dieser Browser führt keine Skripte aus")).to_be_visible()
    expect(page.get_by_label("Erledigt", exact=True).first).to_be_visible()
    expect(page.locator("button")).to_have_count(3)
    assert [button.is_visible() for button in page.locator("button").all()] == [False] * 3
    context.close()


def test_what_is_recorded_already_counts_and_is_not_saved_again(browser: Browser, tmp_path: Path) -> None:
    """Seen to fail while such steps could be unticked."""
    file = tmp_path / "runbook.html"
    live = {"profile.name": EVERY_FIELD[0].after}
    clicks = clicks_of(part_of(EVERY_FIELD[:3]), live=live)  # type: ignore[arg-type]  # it is set
    file.write_bytes(runbook_html(clicks, lexicon_of("en")))
    page = browser.new_page()
    page.goto(file.as_uri())
    expect(page.locator("#count")).to_have_text("1 of 3 done")
    step = page.locator(f'[data-step="{FIRM_NAME}"]')
    expect(step.get_by_label("Done", exact=True)).to_be_disabled()
    expect(step.get_by_text("Recorded already")).to_be_visible()
    page.get_by_label("Who ticks").fill("Ada")
    saved = json.loads(Runbook(Opened(page), file).save())
    assert saved["steps"] == []
    page.close()
