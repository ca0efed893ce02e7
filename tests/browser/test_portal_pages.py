"""What clients get to see, in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portalsync.model.page import (
    MOBILE_HOME,
    PLACES,
    WEB_HOME,
    WEB_INVOICES,
    WEB_ORGANIZERS,
    Place,
    Surface,
)
from portalsync.portal.links import page_file

pytestmark = pytest.mark.browser

Visit: TypeAlias = Callable[..., Any]
Write: TypeAlias = Callable[..., Path]

PHONE, DESK = 390, 1280
ACCENTS = ("#1f5f5b", "#7a2e3a", "#000000", "#0b5cad", "#8a4b00", "#767676")


def files(*places: Place) -> list[str]:
    return [page_file(place) for place in places or PLACES]


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong, of all its rules or of some."""
    found = Axe().run(page, options={"runOnly": [*rules]} if rules else None).response["violations"]
    return [
        f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES, ids=page_file)
def test_everyone_can_use_it(visit: Visit, pages: Path, place: Place, scheme: str) -> None:
    width = PHONE if place.surface is Surface.MOBILE else DESK
    assert violations(visit(pages / "busy/de" / page_file(place), width, scheme).page) == []


@pytest.mark.parametrize("file", files())
@pytest.mark.parametrize("sample", ["new/en", "hostile/en"])
def test_everyone_can_use_it_on_a_small_screen(visit: Visit, pages: Path, sample: str, file: str) -> None:
    assert violations(visit(pages / sample / file, PHONE).page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_every_valid_accent_can_be_read(visit: Visit, write: Write, accent: str, scheme: str) -> None:
    folder = write("busy", profile__accent_color=accent)
    for file in files(WEB_HOME, WEB_ORGANIZERS):
        page = visit(folder / "busy/de" / file, DESK, scheme).page
        assert violations(page, "color-contrast") == []


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
@pytest.mark.parametrize("sample", ["busy/de", "busy/en", "new/de", "bare/en", "hostile/en"])
def test_nothing_overflows(visit: Visit, pages: Path, sample: str, width: int) -> None:
    for file in files():
        page = visit(pages / sample / file, width).page
        beyond = page.evaluate(
            "() => [...document.querySelectorAll('body *:not(.unseen, .unseen *, .skip)')]"
            ".filter(each => each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML)"
        )
        assert beyond == [], file
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file


@pytest.mark.parametrize("sample", ["busy/de", "hostile/en"])
def test_no_request_leaves_the_page_and_nothing_is_blocked(visit: Visit, pages: Path, sample: str) -> None:
    for file in files():
        opened = visit(pages / sample / file)
        assert opened.requests == []
        assert opened.complaints == []


def test_the_style_is_in_force(visit: Visit, pages: Path) -> None:
    page = visit(pages / "busy/de/web-home.html").page
    assert page.locator("main").evaluate("each => getComputedStyle(each).maxWidth") == "1152px"


@pytest.mark.parametrize("file", files())
def test_hostile_text_shows_as_text(visit: Visit, pages: Path, file: str) -> None:
    page = visit(pages / "hostile/en" / file).page
    assert "owned" not in page.evaluate("document.title").replace("document.title='owned'", "")
    assert page.locator("script, iframe, object, main b, main i").count() == 0
    assert "<script>document.title='owned'</script>" in page.locator(".brand").inner_text()


def test_the_logo_of_the_firm_loads(visit: Visit, pages: Path) -> None:
    page = visit(pages / "hostile/en/web-home.html").page
    assert page.locator(".logo").evaluate("each => each.complete && each.naturalWidth") == 1


def test_the_menu_walks_through_all_pages(visit: Visit, pages: Path) -> None:
    page = visit(pages / "busy/de/web-home.html").page
    for name in ("Dokumente", "Chats", "Fragebögen", "Rechnungen", "Start"):
        page.get_by_role("navigation").get_by_role("link", name=name).click()
        assert page.locator("nav [aria-current=page]").inner_text() == name


def test_the_first_tab_skips_to_the_content(visit: Visit, pages: Path) -> None:
    page = visit(pages / "busy/de/web-home.html").page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    assert skip.evaluate("each => each === document.activeElement")
    assert skip.evaluate("each => each.getAnimations().forEach(a => a.finish()) ?? each.offsetTop") == 0


def test_focus_can_be_seen_everywhere(visit: Visit, pages: Path) -> None:
    page = visit(pages / "busy/de/web-home.html").page
    for _ in range(page.locator("a, button, summary, input").count()):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_a_folded_announcement_opens(visit: Visit, pages: Path) -> None:
    page = visit(pages / "busy/de/mobile-home.html", PHONE).page
    assert not page.get_by_text("Ruhige Feiertage!").last.is_visible()
    page.get_by_text("Weiterlesen").click()
    assert page.locator(".prose").get_by_text("Ruhige Feiertage!").is_visible()


@pytest.mark.parametrize("file", files(MOBILE_HOME, WEB_HOME, WEB_ORGANIZERS))
def test_targets_are_large_enough_for_a_thumb(visit: Visit, pages: Path, file: str) -> None:
    page = visit(pages / "busy/de" / file, PHONE).page
    small = page.evaluate(
        "() => [...document.querySelectorAll('a:not(.prose a, .skip), button, summary')].filter(each => {"
        "  const box = each.getBoundingClientRect();"
        "  return box.height && (box.height < 44 || box.width < 44)"
        "}).map(each => each.outerHTML)"
    )
    assert small == []


def test_the_menu_of_organizers_opens(visit: Visit, pages: Path) -> None:
    page = visit(pages / "busy/de/web-organizers.html").page
    page.get_by_text("Fragebogen anlegen").click()
    assert page.get_by_role("button", name="Einkommensteuererklärung").is_visible()


@pytest.mark.parametrize("file", files())
def test_a_button_that_does_nothing_says_so(visit: Visit, pages: Path, file: str) -> None:
    page = visit(pages / "busy/de" / file, PHONE).page
    for menu in page.locator("details.choose > summary").all():
        menu.click()
    for button in page.get_by_role("button").filter(visible=True).and_(page.locator("button")).all():
        button.click()
        assert page.get_by_text("Nur zur Ansicht: Hier geschieht nichts.").is_visible()
        page.keyboard.press("Escape")
    assert page.locator("button:not([popovertarget=inert])").count() == 0


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_menu_of_organizers_stays_on_the_screen(visit: Visit, pages: Path, width: int) -> None:
    page = visit(pages / "busy/de/web-organizers.html", width).page
    page.locator(".choose > summary").click()
    box = page.locator(".choices").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_announcement_looks_the_same_whatever_the_accent(visit: Visit, write: Write, scheme: str) -> None:
    """Tinted with a red accent it read as an error."""

    def background(accent: str) -> str:
        page = visit(write("busy", profile__accent_color=accent) / "busy/de/web-home.html", DESK, scheme).page
        return str(page.locator(".banner").evaluate("each => getComputedStyle(each).backgroundColor"))

    assert background("#a01020") == background("#1f5f5b")


def lines_of(page: Page, selector: str, part: str) -> int:
    """On how many lines a part of an element's text stands."""
    script = """(each, part) => {
      const text = document.createTreeWalker(each, NodeFilter.SHOW_TEXT).nextNode();
      const range = document.createRange();
      const start = text.data.indexOf(part);
      range.setStart(text, start); range.setEnd(text, start + part.length);
      return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
    }"""
    return int(page.locator(selector).first.evaluate(script, part))


@pytest.mark.parametrize("file", files(MOBILE_HOME, WEB_HOME))
@pytest.mark.parametrize(
    "name", ["Lindenhof Steuerberatungsgesellschaft", "Wirtschaftsprüfungsgesellschaft Au"]
)
def test_a_word_of_the_firm_s_name_is_not_broken_on_a_phone(
    visit: Visit, write: Write, file: str, name: str
) -> None:
    page = visit(write("busy", profile__name=name) / "busy/de" / file, PHONE).page
    assert lines_of(page, ".firm", max(name.split(), key=len)) == 1


@pytest.mark.parametrize("width", [320, PHONE])
@pytest.mark.parametrize("file", files(MOBILE_HOME, WEB_HOME, WEB_INVOICES))
def test_an_amount_is_not_torn_from_its_currency(visit: Visit, pages: Path, file: str, width: int) -> None:
    page = visit(pages / "busy/de" / file, width).page
    assert lines_of(page, ".amount", page.locator(".amount").first.inner_text()) == 1


@pytest.mark.parametrize("width", [320, PHONE])
def test_no_tab_of_the_phone_is_broken(visit: Visit, pages: Path, width: int) -> None:
    page = visit(pages / "busy/de/mobile-invoices.html", width).page
    for tab in page.locator(".tabs a").all():
        assert tab.evaluate("each => each.scrollWidth <= each.clientWidth && each.clientHeight < 60")
