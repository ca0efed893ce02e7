"""The files of a preview: what is promised by name is made in that order, one page at a time."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from posixpath import normpath

import pytest
from tests.unit.portal.test_render import BUSY, FACTS, NEW, SETTINGS, client

from portalsync.model.page import PLACES, Situation, situation_of
from portalsync.model.persona import Persona
from portalsync.portal import render
from portalsync.preview import build as builder
from portalsync.preview.build import MOST_TOGETHER, Preview, build
from portalsync.windows_names import fits_windows

AT = datetime(2026, 12, 5, tzinfo=UTC)
PERSONAS = (client(BUSY), client(NEW))
FIRMS = [situation_of(firm, SETTINGS, FACTS, AT) for firm in ("oak", "elm")]


MANY = [
    situation_of(f"firm-{number:02}", {**SETTINGS, "profile.name": f"Firm {number}"}, FACTS, AT)
    for number in range(MOST_TOGETHER + 1)
]
LINK = re.compile(r'href="([^"#]+)"')


def made(firms: Sequence[Situation] = FIRMS) -> Preview:
    return build("Network", firms, PERSONAS, at=AT, locale="en")


@pytest.mark.parametrize(("firms", "indexes"), [(FIRMS, 1), (MANY, 1 + len(MANY))], ids=["few", "many"])
def test_files_come_in_the_order_of_their_names(firms: Sequence[Situation], indexes: int) -> None:
    preview = made(firms)
    assert [name for name, _ in preview.files] == list(preview.names)
    assert preview.pages == len(firms) * len(PERSONAS) * 2 * len(PLACES)
    assert len(preview.names) == indexes + preview.pages


@pytest.mark.parametrize("firms", [FIRMS, MANY], ids=["few", "many"])
def test_each_file_can_be_reached_and_each_link_leads_to_one(firms: Sequence[Situation]) -> None:
    files = dict(made(firms).files)
    reached, to_read = {"index.html"}, ["index.html"]
    while to_read:
        name = to_read.pop()
        links = {normpath(f"{name}/../{link}") for link in LINK.findall(files[name].decode())}
        to_read += [link for link in links - reached if link.endswith("index.html")]
        reached |= links
    assert reached == files.keys()


def test_the_index_of_many_firms_names_them_and_shows_no_client() -> None:
    files = dict(made(MANY).files)
    index, own = files["index.html"].decode(), files["firm-07/index.html"].decode()
    assert all(f"<bdi>Firm {number}</bdi>" in index for number in range(len(MANY)))
    assert "Busy client" not in index
    assert "Busy client" in own
    assert "Firm 8" not in own
    assert 'href="../index.html"' in own


def test_pages_are_those_of_the_portal() -> None:
    files = dict(made().files)
    pages = {name: html.encode() for firm in FIRMS for name, html in render.pages(firm, PERSONAS)}
    assert {name: files[name] for name in pages} == pages


def test_a_firm_that_is_called_like_a_device_of_windows_lies_in_a_folder_that_windows_has() -> None:
    """Seen to fail: `con/` can be made by no program there."""
    few, many = (made([situation_of("con", SETTINGS, FACTS, AT), *more]) for more in ([], MANY))
    assert "con_/index.html" in many.names
    for preview in (few, many):
        files = dict(preview.files)
        assert [*files] == [*preview.names]
        assert all(map(fits_windows, {part for name in files for part in name.split("/")}))
        assert 'href="con_/' in files["index.html"].decode()


def test_no_page_is_made_before_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def pages(firm: Situation, _: tuple[Persona, ...]) -> Iterator[tuple[str, str]]:
        asked.append(firm.firm)
        yield f"{firm.firm}/page.html", ""

    monkeypatch.setattr(builder, "pages", pages)
    files = iter(made().files)
    assert (next(files)[0], asked) == ("index.html", [])
    assert (next(files)[0], asked) == ("oak/page.html", ["oak"])
