"""The page of `status`, in a real browser: with everything that may be the matter, and on a good day."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.base_firms import network_of

from portalsync.backend.connect import connected
from portalsync.config.selection import EVERYONE
from portalsync.lexicon import lexicon_of
from portalsync.model.watch import unwatched
from portalsync.pipeline.load import load, seed_of
from portalsync.pipeline.status import overview
from portalsync.pipeline.timeline import timeline_of
from portalsync.views.status.file import status_html

pytestmark = pytest.mark.browser

Visit: TypeAlias = Callable[..., Any]
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ANNOUNCED = """
  announcements:
    items:
      - id: closed
        title: {en: Closed}
        body: {en: We are back soon.}
        starts: 2026-12-03
      - id: summer
        title: {en: Summer hours}
        body: {en: We close at noon.}
        ends: 2026-05-01
"""


@pytest.fixture(scope="module")
def status_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One firm waits and has something to come and a leftover, another one is stopped; neither is managed."""
    folder = tmp_path_factory.mktemp("status")
    network_of(folder, ("a-firm-with-a-long-name",))
    layer = folder / "firms" / "oak.yaml"
    layer.write_text(layer.read_text() + ANNOUNCED)
    stopped = folder / "firms" / "a-firm-with-a-long-name.yaml"
    stopped.write_text(stopped.read_text().replace("method: card", "method: bank_debit"))
    known = load(folder)
    with connected("embedded", {"database": "portal.db"}, folder, seed_of(known)) as portal:
        found = overview(known, portal, "production", NOW, EVERYONE, unwatched)
        coming = timeline_of(known, portal, "production", NOW, known.firms.keys())
    page = folder / "status.html"
    html = status_html(known.name, found.status, found.drift, found.plan, coming, lexicon_of("de"))
    page.write_bytes(html)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everyone_can_use_it(visit: Visit, status_page: Path, width: int, scheme: str) -> None:
    opened = visit(status_page, width, scheme)
    assert Axe().run(opened.page).response["violations"] == []
    assert (opened.complaints, opened.requests) == ([], [])
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    table = opened.page.locator(".groups")
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
    opened.page.get_by_role("link", name="zurückgestellt").click()
    assert opened.page.locator("#stopped").is_visible()
    assert opened.page.get_by_text("Summer hours").is_visible()
