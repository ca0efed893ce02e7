"""The files of a preview: what is promised by name is made in that order, one page at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.unit.portal.test_render import BUSY, FACTS, NEW, SETTINGS, client

from portalsync.model.page import PLACES, Situation, situation_of
from portalsync.model.persona import Persona
from portalsync.portal import render
from portalsync.preview import build as builder
from portalsync.preview.build import Preview, build

AT = datetime(2026, 12, 5, tzinfo=UTC)
PERSONAS = (client(BUSY), client(NEW))
FIRMS = [situation_of(firm, SETTINGS, FACTS, AT) for firm in ("oak", "elm")]


def made() -> Preview:
    return build("Network", FIRMS, PERSONAS, at=AT, locale="en")


def test_files_come_in_the_order_of_their_names() -> None:
    preview = made()
    assert [name for name, _ in preview.files] == list(preview.names)
    assert len(preview.names) == 1 + len(FIRMS) * len(PERSONAS) * 2 * len(PLACES)


def test_pages_are_those_of_the_portal() -> None:
    files = dict(made().files)
    pages = {name: html.encode() for firm in FIRMS for name, html in render.pages(firm, PERSONAS)}
    assert {name: files[name] for name in pages} == pages


def test_no_page_is_made_before_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def pages(firm: Situation, _: tuple[Persona, ...]) -> Iterator[tuple[str, str]]:
        asked.append(firm.firm)
        yield f"{firm.firm}/page.html", ""

    monkeypatch.setattr(builder, "pages", pages)
    files = iter(made().files)
    assert (next(files)[0], asked) == ("index.html", [])
    assert (next(files)[0], asked) == ("oak/page.html", ["oak"])
