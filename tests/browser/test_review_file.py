"""The review in one file, as a partner opens it from disk."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import FIRM, Opened
from tests.browser.reviews import AWAY, CHANGED, NASTY, case, crowded, file_of, hostile, ordinary

from portalsync.lexicon import lexicon_of
from portalsync.views.review.file import review_html
from portalsync.visible import visible_lines

pytestmark = pytest.mark.browser

Visit: TypeAlias = Callable[..., Opened]
BOTH = pytest.mark.parametrize("scheme", ["light", "dark"])
FRAMES = ("#view-before iframe", "#view-after iframe")


SILENT = {path: value for path, value in FIRM.items() if not path.startswith("announcements.")}


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reviews")
    made = {
        "plan": file_of(ordinary()),
        "german": file_of(ordinary(), locale="de"),
        "now": file_of(case("lindenhof", None, CHANGED)),
        "hostile": file_of(ordinary(), hostile()),
        "leads": file_of(case("lindenhof", FIRM, {**FIRM, "appointments.url": CHANGED["appointments.url"]})),
        "removed": file_of(case("lindenhof", FIRM, SILENT)),
        "gained": file_of(case("lindenhof", {**FIRM, "done_uploading.button": False}, FIRM)),
        "crowded": review_html(crowded(), lexicon_of("en")),
        "crowded-german": review_html(crowded(), lexicon_of("de")),
    }
    for name, content in made.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture
def opened(browser: Browser, files: dict[str, Path]) -> Iterator[Opened]:
    """The review of a plan in a window of its own."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    found = Opened(page)
    page.on("console", found.note)
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("request", found.ask)
    page.goto(files["plan"].as_uri())
    yield found
    page.close()


@pytest.fixture
def page(opened: Opened) -> Page:
    return opened.page


WATCHED = "document.querySelector('#view-after iframe').contentDocument?.body?.dataset.watched"
"""Both pages are laid out, and the viewer follows them."""


def until(page: Page, expression: str) -> None:
    """Wait as `wait_for_function` does; that one evaluates text inside the page, which its policy forbids."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def look(page: Page, number: int = 0) -> None:
    page.locator(".look").nth(number).click()
    expect(page.locator("#viewer")).to_be_visible()
    until(page, WATCHED)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"iframes": False}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def text_of(page: Page, side: str) -> str:
    return page.frame_locator(f"#view-{side} iframe").locator("body").inner_text()


@BOTH
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["plan", "german", "now", "hostile", "crowded", "crowded-german"])
def test_everyone_can_use_it(
    visit: Visit, files: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    opened = visit(files[name], width, scheme)
    assert violations(opened.page) == []
    assert opened.complaints == []
    assert opened.requests == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@BOTH
def test_everyone_can_use_the_viewer(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    look(page)
    for key in ("w", "s", "b"):
        page.keyboard.press(key)
        assert violations(page) == []


def test_nothing_is_asked_of_the_network_and_nothing_is_blocked(opened: Opened) -> None:
    page = opened.page
    look(page)
    for key in "sbdtlwmjnk":
        page.keyboard.press(key)
        page.wait_for_timeout(50)
    page.keyboard.press("/")
    page.keyboard.type("Kanzlei")
    expect(page.locator("#hits a").first).to_be_visible()
    assert opened.complaints == []
    assert opened.requests == []


def test_cards_tell_losses_first_and_mark_the_words(page: Page) -> None:
    verbs = page.locator(".card .verb").all_inner_texts()
    assert verbs[0] == "Disappears"
    assert "Leads elsewhere" in verbs
    assert verbs.index("Leads elsewhere") < verbs.index("Reads differently") < verbs.index("Appears")
    welcome = page.locator(".card", has=page.get_by_role("heading", name="Welcome"))
    assert welcome.locator("ins").inner_text().strip() == "wieder"
    assert "Changed only in German" in welcome.inner_text()
    assert page.locator(".alarm").inner_text() == "It leads to another website."


def test_the_slider_shows_more_of_one_page_or_the_other(visit: Visit, files: dict[str, Path]) -> None:
    page = visit(files["leads"]).page
    look(page)
    page.get_by_role("button", name="Slider").click()
    for key, left in (("Home", "0%"), ("End", "100%")):
        page.locator("#slide").press(key)
        clip = page.locator("#view-after .port").evaluate("each => getComputedStyle(each).clipPath")
        assert clip.endswith(f"{left})")
    handle = page.locator(".handle").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 20, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(640, handle["y"] + 20)
    page.mouse.up()
    assert 45 <= int(page.locator("#slide").input_value()) <= 55


def test_before_and_after_differ_in_what_the_card_says(page: Page) -> None:
    look(page)
    title = page.locator("#viewer-news").inner_text()
    assert "Message firm" in title
    assert "Nachricht an die Kanzlei" in text_of(page, "before")
    page.keyboard.press("m")
    assert "Nachricht an die Kanzlei" not in text_of(page, "after")


def test_keys_compare_in_three_ways(page: Page) -> None:
    look(page)
    frames = page.locator("#frames")
    for key, mode in (("s", "blink"), ("s", "side"), ("b", "blink"), ("s", "side")):
        page.keyboard.press(key)
        expect(frames).to_have_class(re.compile(rf"\b{mode}\b"))
    page.keyboard.press("b")
    expect(page.locator("#view-after")).to_have_class(re.compile(r"\baway\b"))
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#view-before")).to_have_class(re.compile(r"\baway\b"))
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Before", exact=True).click()
    expect(page.locator("#view-after")).to_have_class(re.compile(r"\baway\b"))


def bottom_of(page: Page, side: str, block: str) -> float:
    inside = page.frame_locator(f"#view-{side} iframe")
    return float(
        inside.locator(block).evaluate(
            "each => each.getBoundingClientRect().bottom + each.ownerDocument.defaultView.scrollY"
        )
    )


def test_pages_stand_side_by_side_where_they_have_room(page: Page) -> None:
    """Else the page afterwards is shown, with what is lost on it; never half of each. Seen to fail: the
    slider stood in the middle and hid the lost half.
    """
    look(page)
    inside = page.frame_locator("#view-after iframe")
    for width, mode in ((1600, "side"), (1000, "side"), (999, "blink"), (390, "blink")):
        page.set_viewport_size({"width": width, "height": 844})
        expect(page.locator("#frames")).to_have_class(re.compile(rf"\b{mode}\b"))
        expect(page.get_by_role("button", name="Slider")).to_be_disabled()
        expect(page.locator("#view-after")).to_be_visible()
        expect(inside.locator("[data-stand-in]")).to_have_text(re.compile("Nachricht an die Kanzlei"))


def test_a_stand_in_is_where_the_lost_block_was_and_nothing_below_it_moves(page: Page) -> None:
    look(page)
    inside = page.frame_locator("#view-after iframe")
    expect(inside.locator("[data-stand-in]")).to_have_css("outline-style", "dashed")
    expect(page.locator("#view-after .legend")).to_be_visible()
    expect(page.locator("#view-before .legend")).to_be_hidden()
    assert bottom_of(page, "before", ".contact.row") == bottom_of(page, "after", ".contact.row")
    page.keyboard.press("m")
    expect(inside.locator("[data-stand-in]")).to_have_count(0)
    expect(page.locator("#view-after .legend")).to_be_hidden()
    assert bottom_of(page, "before", ".contact.row") > bottom_of(page, "after", ".contact.row")


def test_what_a_page_knows_nothing_of_any_more_has_a_stand_in(visit: Visit, files: dict[str, Path]) -> None:
    """On the phone the announcement's whole row goes. Seen to fail: no mark at all, for its text was looked
    for on the page afterwards.
    """
    page = visit(files["removed"]).page
    look(page)
    page.get_by_role("combobox", name="Page").select_option("mobile-home")
    until(page, WATCHED)
    stand_in = page.frame_locator("#view-after iframe").locator("[data-stand-in]")
    expect(stand_in).to_contain_text("Über Weihnachten geschlossen")
    expect(stand_in).to_have_count(1)
    assert bottom_of(page, "before", ".contact.row") == bottom_of(page, "after", ".contact.row")


def test_what_is_new_is_marked_and_has_a_stand_in_before(visit: Visit, files: dict[str, Path]) -> None:
    """A whole group of blocks that comes has one."""
    page = visit(files["gained"]).page
    look(page)
    new = page.frame_locator("#view-after iframe").locator("[data-marked=new]")
    expect(new).to_have_css("outline-style", "solid")
    expect(page.frame_locator("#view-before iframe").locator("[data-stand-in]")).to_have_css(
        "outline-style", "dashed"
    )
    assert bottom_of(page, "before", ".contact.row") == bottom_of(page, "after", ".contact.row")


def test_what_the_change_is_about_comes_into_view(visit: Visit, files: dict[str, Path]) -> None:
    """A link that leads elsewhere is marked as that. Seen to fail: whatever differs first on the page."""
    page = visit(files["plan"], 390).page
    for title, kind in (("Book appointment", "leads"), ("Welcome", "changed")):
        page.locator(".card", has=page.get_by_role("heading", name=title)).locator(".look").click()
        until(page, WATCHED)
        expect(page.frame_locator("#view-after iframe").locator(f"[data-marked={kind}]")).to_be_in_viewport(
            ratio=0.3
        )
        page.keyboard.press("Escape")


def test_back_goes_to_the_view_before(page: Page, files: dict[str, Path]) -> None:
    """Seen to fail: it left the file."""
    look(page)
    first = page.locator("#page-at").inner_text()
    page.keyboard.press("n")
    expect(page.locator("#page-at")).not_to_have_text(first)
    page.keyboard.press("t")
    page.go_back()
    expect(page.locator("#page-at")).to_have_text(first)
    page.go_back()
    expect(page.locator("#viewer")).to_be_hidden()
    assert page.url == files["plan"].as_uri()
    page.go_forward()
    expect(page.locator("#page-at")).to_have_text(first)
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()
    page.go_back()
    expect(page.locator("#page-at")).to_have_text(first)


def test_on_a_phone_the_buttons_stay_and_a_desktop_page_is_zoomed_to_the_change(
    visit: Visit, files: dict[str, Path]
) -> None:
    """Seen to fail: the buttons scrolled away, and the page shrank to a fifth."""
    page = visit(files["plan"], 390).page
    look(page, 1)
    marked = page.frame_locator("#view-after iframe").locator("[data-marked=gone]").first
    expect(marked).to_be_in_viewport(ratio=0.9)
    box = marked.bounding_box()
    assert box
    assert box["height"] >= 0.79 * marked.evaluate("each => each.offsetHeight")
    for name in ("Side by side", "In turn", "Slider", "Before", "After", "Play", "Zoom", "Close"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Zoom").click()
    assert page.locator("#view-after .port").evaluate("each => each.scrollWidth - each.clientWidth") <= 1
    page.get_by_role("button", name="What to look at").click()
    expect(page.get_by_role("combobox", name="Language")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_keys_change_device_colours_language_and_change(page: Page) -> None:
    look(page)
    inside = page.frame_locator("#view-after iframe").locator("html")
    width = page.locator(FRAMES[1]).evaluate("each => each.clientWidth")
    assert width == 390
    page.keyboard.press("d")
    assert page.locator(FRAMES[1]).evaluate("each => each.clientWidth") == 1280
    paper = inside.locator("body").evaluate("each => getComputedStyle(each).backgroundColor")
    page.keyboard.press("t")
    expect(inside.locator("body")).not_to_have_css("background-color", paper)
    page.keyboard.press("l")
    expect(inside).to_have_attribute("lang", re.compile("^en"))
    page.keyboard.press("j")
    expect(page.locator("#change-at")).to_have_text(re.compile("Change 2 of"))
    page.keyboard.press("k")
    expect(page.locator("#change-at")).to_have_text(re.compile("Change 1 of"))
    page.keyboard.press("n")
    expect(page.locator("#page-at")).to_have_text(re.compile("Page 2 of"))
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()
    assert page.evaluate("document.activeElement.className").startswith("look")


def test_keys_walk_through_the_cards(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "change-2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "change-1"


def test_frames_scroll_together(page: Page) -> None:
    look(page)
    page.locator(FRAMES[0]).evaluate("each => each.contentDocument.scrollingElement.scrollTop = 40")
    until(
        page, "document.querySelector('#view-after iframe').contentDocument.scrollingElement.scrollTop === 40"
    )


def test_the_address_leads_back(page: Page, files: dict[str, Path]) -> None:
    look(page)
    page.keyboard.press("s")
    page.keyboard.press("t")
    told = "#page=lindenhof/busy/de/mobile-home/2026-12-05T09%3A00Z&change=1&mode=blink&theme=dark"
    expect(page).to_have_url(files["plan"].as_uri() + told)
    address = page.url
    title = page.locator("#viewer-title").inner_text()
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#viewer-title")).to_have_text(re.compile(re.escape(title.split("\n")[0])))
    expect(page.locator("#frames")).to_have_class(re.compile(r"\bblink\b"))
    page.goto("about:blank")
    page.goto(f"{address}&device=toString")  # every object has one
    expect(page.locator("#frames")).to_have_class(re.compile(r"\bphone\b"))
    page.goto("about:blank")
    page.goto(files["plan"].as_uri() + "#page=nobody/x/de/web-home/1&mode=wrong")
    expect(page.locator("#viewer")).to_be_hidden()


def test_filters_narrow_down_cards_and_pages(page: Page) -> None:
    page.keyboard.press("f")
    page.get_by_role("checkbox", name="Phone").check()
    page.get_by_role("checkbox", name="New chat").check()
    assert page.locator(".card:visible h3").all_inner_texts() == ["Message firm"]
    expect(page).to_have_url(re.compile("surface=mobile"))
    expect(page.locator("#said")).to_have_text(re.compile("^1 of "))
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert page.locator(".card:visible").count() == 1
    page.keyboard.press("f")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".card:visible").nth(1)).to_be_visible()


def test_search_finds_what_clients_read_and_opens_it(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("wieder da sind")
    expect(page.locator("#hits a")).to_have_count(1)
    assert "only after" in page.locator("#hits a").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#viewer")).to_be_visible()
    expect(page.frame_locator("#view-after iframe").locator("[data-marked]")).to_contain_text(
        "wieder da sind"
    )
    page.keyboard.press("/")
    page.locator("#query").fill("nobody says this")
    expect(page.locator("#search-status")).to_have_text("No client reads this on the pages in this file.")


def test_of_firms_whose_pages_are_not_in_the_file_search_does_not_say_that_nobody_reads_it(
    visit: Visit, files: dict[str, Path]
) -> None:
    """Seen to fail: "No client reads this.", of firms whose pages nobody had looked at."""
    page = visit(files["crowded"]).page
    page.keyboard.press("/")
    page.locator("#query").fill("nobody says this")
    status = page.locator("#search-status")
    expect(status).to_have_text(
        "No client reads this on the pages in this file. Of 580 of 581 firms that change, no page is in it."
    )
    page.goto("about:blank")
    page.goto(f"{files['crowded'].as_uri()}#firm={AWAY[7].id}")
    page.keyboard.press("/")
    page.locator("#query").fill("wieder da sind")
    expect(status).to_have_text(
        "Of these firms, no page is in this file. What changes for them stands among the changes."
    )


def test_on_a_phone_clients_are_cards_and_the_way_to_the_parts_stays(
    visit: Visit, files: dict[str, Path]
) -> None:
    """Seen to fail: a table of 9,000 pixels, one letter a line."""
    page = visit(files["german"], 390).page
    name = page.locator("#matrix tbody th").first
    assert name.evaluate("each => each.offsetWidth") > 250
    for cell in page.locator("#matrix .cell").all():
        box = cell.bounding_box()
        assert box
        assert 16 <= box["x"] <= box["x"] + box["width"] <= 374
    assert page.locator("#matrix .column").first.inner_text() == "Telefon · Deutsch"
    assert page.get_by_role("rowheader").count() == page.locator("#matrix tbody tr").count()
    page.locator("#matrix").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for button in ("Filter", "Suche"):
        expect(page.get_by_role("button", name=button)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Änderungen", exact=False).first).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_how_many_firms_are_shown_has_room_and_opens(
    visit: Visit, files: dict[str, Path], width: int
) -> None:
    """Seen to fail: it touched the figures above it."""
    page = visit(files["crowded-german"], width).page
    line = page.locator("#left-out summary")
    assert line.inner_text().startswith("Seiten, Zusagen und Termine von 1 der 581 Kanzleien")
    above, below = page.locator(".first").bounding_box(), line.bounding_box()
    assert above
    assert below
    assert below["y"] - above["y"] - above["height"] >= 16
    line.click()
    names = page.locator("#left-out .chip")
    assert names.count() == len(AWAY)
    names.last.scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_tells_what_else_the_plan_tells(visit: Visit, files: dict[str, Path]) -> None:
    """Which firms are stopped, objections, broken promises and warnings, with their lines; the gravest first.
    Seen to fail: not a word of them.
    """
    page = visit(files["crowded"]).page
    verdict = page.locator(".verdict > li").all_inner_texts()
    assert "1 firm is stopped" in verdict[0]
    assert verdict[1] == "Blocked by a guardrail: as it is, this plan cannot be applied."
    assert "elsewhere.example" in verdict[2]
    assert "--ack new-host:elsewhere.example" in verdict[2]
    assert verdict[-1] == "1 warning."
    titles = page.locator("main > .part > h2").all_inner_texts()
    assert [each.partition("\n")[0] for each in titles[:4]] == [
        "Broken promises",
        "What stops firms",
        "What changes",
        "Warnings",
    ]
    assert "There is no such stage." in page.locator("#urgent").inner_text()
    assert "Ada misses New chat." in page.locator("#broken").inner_text()
    warnings = page.locator("#warnings").inner_text()
    assert visible_lines(f"It is over: {NASTY}") in warnings
    assert "firms/lindenhof.yaml:9:3" in warnings
    page.get_by_role("link", name="Warnings 1").click()
    expect(page).to_have_url(re.compile("#warnings$"))


def test_the_panel_says_why(page: Page) -> None:
    look(page)
    page.keyboard.press("w")
    panel = page.get_by_role("complementary", name="Why")
    expect(panel).to_contain_text("hidden: clients may not start chats (Disappears)")
    expect(panel.locator("h4").first).to_have_text("New chat")


def test_links_in_the_page_lead_nowhere(opened: Opened) -> None:
    page = opened.page
    look(page, 1)
    inside = page.frame_locator("#view-after iframe")
    inside.get_by_role("link", name="Termin buchen").click()
    expect(page.locator("#toast")).to_have_text("This leads to https://elsewhere.example/erstgespraech")
    inside.get_by_role("link", name="Chats").first.click()
    expect(page.locator("#viewer-title")).to_contain_text("Chats")
    assert opened.requests == []


def test_a_date_opens_the_page_of_that_instant(page: Page) -> None:
    moment = page.locator(".line li", has_text="From February").first
    assert moment.locator("time").inner_text() == "1 Feb 2027"
    moment.get_by_role("link", name="English").click()
    expect(page.locator("#viewer-title")).to_contain_text("1 Feb 2027")
    assert "From February" in text_of(page, "after")


def test_it_reads_without_scripts(browser: Browser, files: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["plan"].as_uri())
    assert page.locator(".card").first.is_visible()
    assert page.get_by_role("cell", name=re.compile("changed")).first.is_visible()
    assert page.get_by_text("must see").first.is_visible()
    assert page.locator("#open-search, .look, dialog, .filters").evaluate_all(
        "all => all.every(each => !each.offsetParent)"
    )
    context.close()


def test_print_shows_what_is_folded(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator(".look, .tools").first.is_hidden()
    folded = page.locator(".card details:not([open]) .chip").first
    box = folded.bounding_box()
    assert box
    assert box["height"] > 0
    assert len(page.pdf()) > 10_000


def test_frames_may_not_run_scripts(page: Page) -> None:
    assert page.locator("iframe").evaluate_all("all => all.map(each => each.sandbox.value)") == [
        "allow-same-origin",
        "allow-same-origin",
    ]


def test_a_script_in_a_page_would_not_run(page: Page) -> None:
    """Even if a page held one: sandbox and policy each stop it."""
    look(page)
    page.locator(FRAMES[1]).evaluate(
        "each => { each.srcdoc = '<script>top.owned=1</scr' + 'ipt><img src=x onerror=\"top.owned=1\">' }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.owned") is None


def test_the_viewer_spells_what_is_invisible_as_everything_else_does(page: Page) -> None:
    texts = [
        "a\x1b[1m",
        "\u202edne",
        "\U000e0041",
        "one\r\ntwo\tthree\r",
        "👩\u200d👩",
        "\u00ad\u2028\ufeff\x7f",
        "\u3164\u115f",
        "ä ·",
    ]
    assert [page.evaluate("visible", text) for text in texts] == [*map(visible_lines, texts)]


@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_text_is_text(visit: Visit, files: dict[str, Path], width: int) -> None:
    opened = visit(files["hostile"], width)
    page = opened.page
    shown = page.locator("main").inner_text()
    assert "<script>top.owned=1</script>" in shown
    assert "{{7*7}}" in shown
    assert "\\u202e" in shown
    assert page.locator("main script, main img, main iframe").count() == 0
    page.locator(".card", has_text="{{7*7}}").first.locator(".look").click()
    until(page, WATCHED)
    page.keyboard.press("w")
    page.keyboard.press("/")
    page.keyboard.type("top.owned")
    expect(page.locator("#hits a").first).to_be_visible()
    assert page.locator("#search").evaluate("each => each.scrollWidth - each.clientWidth") == 0
    assert page.evaluate("[window.owned, document.documentElement.scrollWidth]") == [None, width]
    assert opened.complaints == []


def test_it_opens_in_half_a_second(page: Page) -> None:
    """The best of three, for other work on the machine is none of its own."""
    spent = []
    for _ in range(3):
        page.reload()
        spent.append(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
    assert min(spent) < 500
