"""Live pages are the previews' pages, byte for byte, with the headers that keep them to themselves."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from portalsync.backend.http import HttpBackend
from portalsync.backend.protocol import Seed
from portalsync.catalog.files.document import API_VERSION
from portalsync.commits import Commit, Conditional
from portalsync.model.facts import facts_from_json
from portalsync.model.page import PLACES, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose
from portalsync.portal.links import page_file
from portalsync.portal.render import page_policy, render
from portalsync.server.app import create_app
from portalsync.server.in_process import ADDRESS, InProcess
from portalsync.server.store import Store

Commits = Callable[..., Commit]
POLICY_TAG = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
REFERRER_TAG = re.compile(r'<meta name="referrer" content="([^"]*)">')
HOME = "/portal/alder/ada/en/web-home.html"
NEWS: dict[str, Any] = {
    "announcements.items.news.title": {"en": "Closed on Friday"},
    "announcements.items.news.body": {"en": "Back on **Monday**."},
    "announcements.items.news.ends": "2026-03-02",
    "profile.accent_color": "#1f5f5b",
}


def test_a_live_page_is_its_preview_byte_for_byte(
    backend: HttpBackend, raw: httpx2.Client, commit: Commits, seed: Seed, now: datetime
) -> None:
    backend.commit([Conditional("alder", 1, "k", commit(NEWS))])
    facts = facts_from_json({"apiVersion": API_VERSION, "kind": "Facts", **seed.firms["alder"]})
    situation = situation_of("alder", NEWS, facts, now)
    for place in PLACES:
        composition = compose(situation, persona_from_json(seed.personas["ada"]), place, "en")
        page = backend.page("alder", "ada", "en", page_file(place), now)
        assert page == render(composition).encode()
        headers = raw.get(f"/portal/alder/ada/en/{page_file(place)}").headers
        assert headers["content-security-policy"] == f"{page_policy(composition)}; frame-ancestors 'none'"


def test_headers_of_a_page(raw: httpx2.Client) -> None:
    for path in ("/", "/portal/alder/", HOME):
        headers = raw.get(path).headers
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert headers["cache-control"] == "private, no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "script" not in policy
        assert "unsafe" not in policy


def test_what_a_page_says_of_itself_agrees_with_its_headers(raw: httpx2.Client) -> None:
    """Opened as a file, it has no headers: then its two tags are all that holds."""
    pages = [raw.get(f"/portal/alder/ada/en/{page_file(place)}") for place in PLACES]
    for page in pages:
        assert [html.unescape(each) for each in POLICY_TAG.findall(page.text)] == [
            page.headers["content-security-policy"].removesuffix("; frame-ancestors 'none'")
        ]
    for page in (*pages, raw.get("/"), raw.get("/portal/alder/")):
        assert REFERRER_TAG.findall(page.text) == [page.headers["referrer-policy"]]


def test_a_page_at_another_instant(backend: HttpBackend, raw: httpx2.Client, commit: Commits) -> None:
    backend.commit([Conditional("alder", 1, "k", commit(NEWS))])
    assert "Closed on Friday" in raw.get(HOME).text
    assert "Closed on Friday" in raw.get(f"{HOME}?at=2026-03-02T23:59:59Z").text
    assert "Closed on Friday" not in raw.get(f"{HOME}?at=2026-03-03T00:00:00Z").text
    later = datetime(2026, 3, 3, tzinfo=UTC)
    assert b"Closed on Friday" not in backend.page("alder", "ada", "en", "web-home.html", later)


@pytest.mark.parametrize(
    "at",
    [
        "",
        "now",
        "2026-03-02",
        "2026-03-02T09:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2026-13-01T00:00Z",
    ],
)
def test_no_instant(raw: httpx2.Client, at: str) -> None:
    answer = raw.get(HOME, params={"at": at})
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:portalsync:problem:malformed")


@pytest.mark.parametrize(
    "path",
    [
        "/portal/alder/nobody/en/web-home.html",
        "/portal/alder/ada/qaa/web-home.html",
        "/portal/alder/ada/en/web-nothing.html",
        "/portal/alder/ada/en/..%2F..%2Fsecret",
    ],
)
def test_no_such_page(raw: httpx2.Client, path: str) -> None:
    answer = raw.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_directory_leads_to_every_page(raw: httpx2.Client, backend: HttpBackend, commit: Commits) -> None:
    named = commit({"profile.name": "Alder <b>& Sons\u202e", "profile.locales": ["de", "en"]})
    backend.commit([Conditional("alder", 1, "k", named)])
    firms = raw.get("/").text
    assert "Alder &lt;b&gt;&amp; Sons\\u202e" in firms
    assert 'href="/portal/birch/"' in firms
    page = raw.get("/portal/alder/").text
    assert "<script" not in page
    assert "\u202e" not in firms + page
    for place in PLACES:
        for locale in ("de", "en"):
            assert f'href="ada/{locale}/{page_file(place)}"' in page


def test_the_directory_speaks_the_language_of_who_serves_it(store: Store, now: datetime) -> None:
    with httpx2.Client(
        base_url=ADDRESS, transport=InProcess(create_app(store, lambda: now, "de"), store)
    ) as raw:
        firms, firm = raw.get("/").text, raw.get("/portal/alder/").text
    assert '<html lang="de">' in firms
    assert "Mandantenportale" in firms
    assert ">Telefon: Start</a>" in firm
    assert "Alle Kanzleien" in firm


def test_the_directory_page_by_page(raw: httpx2.Client, store: Any) -> None:
    ids = [f"firm-{number:03}" for number in range(500)]
    store.seed(Seed({firm: {"firm": firm, "currency": "EUR"} for firm in ids}))
    first = raw.get("/").text
    assert 'href="/?after=firm-496"' in first
    rest = raw.get("/?after=firm-496").text
    assert rest.count('href="/portal/firm-') == 3
    assert "More firms" not in rest
