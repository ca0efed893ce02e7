"""Make the pictures of the README anew: `.venv/bin/python docs/images/make_picture.py`.

Everything in the picture is real output: the example is applied to an embedded portal, one switch of one
firm is turned off, and what `portalsync plan` and `portalsync preview` then say is set side by side. The
second picture is the review file itself, opened at that change.
"""

import html
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "portal-config"
PICTURE = HERE / "plan-and-preview.png"
REVIEW = HERE / "review.png"

AT = "2026-12-02T09:00"
FIRM, CLIENT, LOCALE = "harlow-pike", "us-business", "en"
BESIDE = "  done_uploading:\n    dialog_checkbox: true\n"
SWITCH = "  chat:\n    clients_can_start: false\n"
COLUMNS = 64
PAGE = {"width": 1240, "height": 880}
PHONE = {"width": 390, "height": 1000, "scale": 0.76}

_THEME = TerminalTheme(
    (24, 27, 32),
    (222, 224, 228),
    [
        (24, 27, 32), (240, 113, 103), (126, 200, 120), (226, 184, 92),
        (110, 165, 235), (190, 140, 230), (100, 195, 205), (222, 224, 228),
    ],
)  # fmt: skip

_FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><title>plan and preview</title><style>
* {{ box-sizing: border-box; margin: 0 }}
body {{ width: 1240px; height: 880px; padding: 36px 34px; background: #e9ebef; color: #30343b;
  font: 15px/1.4 "Noto Sans", "DejaVu Sans", sans-serif;
  display: flex; justify-content: space-between; align-items: flex-start }}
.text {{ width: 524px; border-radius: 12px; overflow: hidden; margin-bottom: 20px;
  box-shadow: 0 10px 30px #0003 }}
.text h2 {{ background: #2b2f37; color: #aeb4bf; font-size: 13px; font-weight: 500; padding: 7px 14px }}
pre {{ font: 12.6px/1.4 "DejaVu Sans Mono", "Noto Sans Mono", monospace; padding: 12px 14px; white-space: pre;
  background: #181b20; color: #dee0e4 }}
.added {{ background: #1f3a26; color: #a5e09f; display: block; margin: 0 -14px; padding: 0 14px }}
figure {{ width: 296px }}
figcaption {{ text-align: center; font-weight: 600; margin-bottom: 14px }}
.phone {{ width: 296px; height: 752px; border-radius: 26px; overflow: hidden; background: #fff;
  box-shadow: 0 10px 30px #0003; outline: 7px solid #20242b }}
iframe {{ width: {width}px; height: {height}px; border: 0; transform: scale({scale}); transform-origin: 0 0 }}
</style><div><div class="text"><h2>portal-config/firms/{firm}.yaml</h2><pre>{yaml}</pre></div>
<div class="text"><h2>portalsync plan</h2><pre>{plan}</pre></div></div>
<figure><figcaption>Live today</figcaption>
<div class="phone"><iframe src="{before}"></iframe></div></figure>
<figure><figcaption>After the change</figcaption>
<div class="phone"><iframe src="{after}"></iframe></div></figure>
"""


def main() -> None:
    """Apply the example, turn the switch off, take the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(EXAMPLE, folder / "portal-config", ignore=shutil.ignore_patterns(".portalsync"))
        _portalsync(folder, "apply", "--yes")
        _portalsync(folder, "preview", "--firm", FIRM, "--dir", "before")
        _turn_off(folder / "portal-config" / "firms" / f"{FIRM}.yaml")
        plan = _portalsync(folder, "plan", "--out", "plan.json")
        _portalsync(folder, "preview", "--plan", "plan.json", "--out", "review.html")
        _portalsync(folder, "preview", "--firm", FIRM, "--dir", "after")
        (folder / "picture.html").write_text(_frame(plan), encoding="utf-8")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            _take(browser, folder / "picture.html")
            _take_review(browser, folder / "review.html")
            browser.close()


def _portalsync(folder: Path, *arguments: str) -> str:
    variables = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS)}
    at = [] if "--plan" in arguments else ["--at", AT]
    command = [sys.executable, "-m", "portalsync", *arguments, *at]
    done = subprocess.run(command, cwd=folder, env=variables, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def _turn_off(firm: Path) -> None:
    text = firm.read_text(encoding="utf-8")
    if text.count(BESIDE) != 1:
        raise SystemExit(f"{firm.name} has changed: choose another place for the switch.")
    firm.write_text(text.replace(BESIDE, f"{BESIDE}\n{SWITCH}"), encoding="utf-8")


def _frame(plan: str) -> str:
    page = f"{FIRM}/{CLIENT}/{LOCALE}/mobile-home.html"
    return _FRAME.format(
        **PHONE,
        firm=FIRM,
        yaml=f'options:\n  ...\n<span class="added">{html.escape(SWITCH.rstrip())}</span>',
        plan=_as_html(plan),
        before=f"before/{page}",
        after=f"after/{page}",
    )


def _as_html(ansi: str) -> str:
    console = Console(record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True)
    console.print(Text.from_ansi(ansi.rstrip()), soft_wrap=True)
    return console.export_html(theme=_THEME, inline_styles=True, code_format="{code}").rstrip()


def _take(browser: Browser, page_file: Path) -> None:
    page = browser.new_page(
        viewport={"width": PAGE["width"], "height": PAGE["height"]}, device_scale_factor=1.6
    )
    page.goto(page_file.as_uri())
    _scroll_to_actions(page)
    page.screenshot(path=PICTURE)


def _take_review(browser: Browser, review: Path) -> None:
    """The viewer on the first change, before beside after."""
    page = browser.new_page(viewport={"width": 1240, "height": 860}, device_scale_factor=1.6)
    page.goto(review.as_uri())
    page.get_by_text("Look at it").first.click()
    page.get_by_role("combobox", name="Language").select_option(LOCALE)
    page.wait_for_timeout(1000)  # both pages are laid out and scrolled to the change
    page.screenshot(path=REVIEW)


def _scroll_to_actions(page: Page) -> None:
    """Both phones by the same way, so that only the change differs."""
    for frame in page.frames[1:]:
        frame.evaluate(
            "scrollTo(0, document.getElementById('standing-todos').getBoundingClientRect().top - 44)"
        )


if __name__ == "__main__":
    main()
