"""The index of the previews, in a real browser."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe

from portalsync.model.page import PLACES
from portalsync.portal.links import page_href
from portalsync.preview.gallery import Firm, Gallery, PageLink, SampleClient, gallery_index

pytestmark = pytest.mark.browser

Visit: TypeAlias = Callable[..., Any]


def _client(firm: str, name: str, locales: tuple[str, ...]) -> SampleClient:
    links = [
        PageLink(place, each, page_href(firm, name, each, place)) for each in locales for place in PLACES
    ]
    return SampleClient(name, f"Client {name}", "Anna Neu", ("individual",), "Nothing open", tuple(links))


def _firm(number: str, locales: tuple[str, ...]) -> Firm:
    clients = tuple(_client(number, name, locales) for name in ("new", "busy"))
    return Firm(number, f"Firm {number}", "#7a2e3a", locales, clients)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    file = tmp_path / "index.html"
    firms = (_firm("one", ("de", "en")), _firm("two", ("en",)))
    file.write_text(gallery_index(Gallery("What clients will see", "today", firms)), encoding="utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everyone_can_use_it(visit: Visit, index: Path, width: int, scheme: str) -> None:
    opened = visit(index, width, scheme)
    assert Axe().run(opened.page).response["violations"] == []
    assert opened.complaints == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_everyone_can_use_a_list_of_many_firms(visit: Visit, tmp_path: Path, width: int) -> None:
    file = tmp_path / "index.html"
    firms = tuple(replace(_firm(str(number), ("de", "en")), clients=()) for number in range(60))
    file.write_text(gallery_index(Gallery("Network", "today", firms, is_list=True)), encoding="utf-8")
    opened = visit(file, width)
    assert Axe().run(opened.page).response["violations"] == []
    assert opened.complaints == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.get_by_role("link").count() == len(firms)


def test_a_partner_narrows_it_down(visit: Visit, index: Path) -> None:
    page = visit(index).page
    page.get_by_text("Phone", exact=True).first.click()
    page.get_by_text("German", exact=True).first.click()
    shown = page.locator("dd a:visible")
    pages = ["Home", "Documents", "Chats", "Organizers", "Invoices", "At login"]
    assert [each.inner_text().split(":")[0].strip() for each in shown.all()] == pages * 2
    assert not page.get_by_role("heading", name="Firm two").is_visible()
