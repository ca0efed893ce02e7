"""The workbench on a port: what it answers, and to whom."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from tests.base_firms import network_of

from portalsync.cache import NOTHING_KEPT
from portalsync.editing.app import create_app
from portalsync.editing.files import EditedFiles
from portalsync.editing.portal import LivePortal
from portalsync.editing.workbench import Workbench
from portalsync.lexicon import lexicon_of
from portalsync.pipeline.cases import cases_as_desired
from portalsync.pipeline.load import load
from portalsync.portal.render import pages
from portalsync.server.serve import running

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PAGE = "/pages/files/now/oak/ada/en/web-home.html"
CROSS = {"Sec-Fetch-Site": "cross-site"}
LINK = {**CROSS, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FRAME = {**CROSS, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = tmp_path_factory.mktemp("edited") / "portal-config"
    network_of(config, ("ash",))
    return config


@pytest.fixture(scope="module")
def client(config: Path) -> Iterator[httpx2.Client]:
    """Where the portal is nobody's: it is not asked."""
    edited = EditedFiles(config, lambda: NOW, NOTHING_KEPT)
    edited.saved()
    edited.check()
    lexicon = lexicon_of("en")
    portal = LivePortal(config, lambda _: ("production", {}), offline=True)
    workbench = Workbench(edited, portal, lambda: NOW, lexicon)
    with (
        running(create_app(workbench, lexicon)) as address,
        httpx2.Client(base_url=address, timeout=300) as it,
    ):
        yield it


def test_its_pages_are_those_of_the_preview(client: httpx2.Client, config: Path) -> None:
    known = load(config)
    (case,) = cases_as_desired(known, None, NOW, {"oak"})
    address, html = next(pages(case.after, known.shared.personas.values()))
    answer = client.get(f"/pages/files/now/{address}")
    assert (answer.status_code, answer.text) == (200, html)
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/pages/files/now/elm/ada/en/web-home.html",
        "/pages/files/now/oak/nobody/en/web-home.html",
        "/pages/files/now/oak/ada/xx/web-home.html",
        "/pages/files/now/oak/ada/en/web-other.html",
        "/pages/files/now/oak/ada/en/../../../../../etc/passwd",
    ],
)
def test_no_other_pages(client: httpx2.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nothing_but_its_own_runs_in_it(client: httpx2.Client) -> None:
    answer = client.get("/?firm=oak&client=<script>&at=<b>&on=99999-01-01T00:00&page=x&side=x&locale=x")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script>&" not in answer.text


@pytest.mark.parametrize("path", ["/", "/version", "/since", PAGE])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "rebound.example"}, 421),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        (CROSS, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        (FRAME, 403),
    ],
)
def test_other_sites_get_nothing(
    client: httpx2.Client, path: str, headers: dict[str, str], status: int
) -> None:
    """Seen to fail without each of the two guards."""
    answer = client.get(path, headers=headers)
    assert answer.status_code == status
    assert "Oak" not in answer.text


def test_a_link_elsewhere_may_open_it(client: httpx2.Client) -> None:
    assert client.get("/", headers=LINK).status_code == 200
    assert client.get("/version", headers=LINK).status_code == 403


@pytest.mark.parametrize("path", ["/", "/version", "/since"])
def test_nobody_can_write(client: httpx2.Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_the_firm_and_its_language_are_chosen_at_the_top(client: httpx2.Client) -> None:
    page = client.get("/?firm=ash&locale=de&page=web-home&on=2026-12-24T09:00").text
    assert "<bdi>Ash &amp;" in page
    assert 'src="/pages/files/2026-12-24T' in page
    assert "/ash/" in page


def test_what_is_wrong_stands_on_the_page_with_its_line(tmp_path: Path, config: Path) -> None:
    broken = tmp_path / "portal-config"
    shutil.copytree(config, broken)
    file = broken / "firms" / "oak.yaml"
    text = file.read_text()
    edited = EditedFiles(broken, lambda: NOW, NOTHING_KEPT)
    edited.saved()
    edited.check()
    lexicon = lexicon_of("de")
    portal = LivePortal(broken, lambda _: ("production", {}), offline=True)
    workbench = Workbench(edited, portal, lambda: NOW, lexicon)
    with running(create_app(workbench, lexicon)) as address:
        before = httpx2.get(f"{address}/version", timeout=300).text
        httpx2.get(f"{address}/?firm=oak", timeout=300)
        file.write_text(text.replace("  name:", "  nmae: <b>\n  name:"))
        edited.saved()
        page = httpx2.get(f"{address}/?firm=oak", timeout=300).text
        assert httpx2.get(f"{address}/version", timeout=300).text != before
        told = httpx2.get(f"{address}/since?firm=oak", timeout=300).text
    line = text[: text.index("  name:")].count("\n") + 1
    assert f"firms/oak.yaml:{line}:3" in page
    assert "<mark>nmae</mark>: &lt;b&gt;" in page
    assert "so, wie sie davor war" in page
    assert "sobald die Fehler behoben sind" in told
