import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from portalsync.lexicon import lexicon_of
from portalsync.model.json_value import JSON
from portalsync.model.page import MOBILE_HOME, PLACES, WEB_HOME
from portalsync.model.persona import persona_from_json
from portalsync.portal.links import page_href
from portalsync.preview.gallery import (
    Firm,
    Gallery,
    PageLink,
    SampleClient,
    gallery_index,
    situation,
)

CLIENT = SampleClient(
    id="anna-neu",
    title="New client",
    client="Anna Neu",
    tags=("individual",),
    situation="Nothing open",
    pages=tuple(
        PageLink(place, locale, page_href("lindenhof", "anna-neu", locale, place))
        for locale in ("de", "en")
        for place in PLACES
    ),
)
FIRM = Firm("lindenhof", "Kanzlei Lindenhof", "#1f5f5b", ("de", "en"), (CLIENT,))
GALLERY = Gallery("What clients will see", "5 December 2026", (FIRM,))
PERSONA: dict[str, JSON] = {"id": "a", "title": {"en": "A"}, "client": "A", "locale": "en"}


def test_addresses_are_relative_and_name_what_they_show() -> None:
    assert page_href("lindenhof", "anna-neu", "de", WEB_HOME) == "lindenhof/anna-neu/de/web-home.html"


def test_every_page_has_one_link_that_says_what_it_is() -> None:
    html = gallery_index(GALLERY)
    for page in CLIENT.pages:
        assert html.count(f'href="{page.href}"') == 1
    phone = page_href("lindenhof", "anna-neu", "de", MOBILE_HOME)
    link = html.partition(f'href="{phone}"')[2].partition("</a>")[0]
    assert link.endswith('>Home<span class="unseen">: New client, Phone, German</span>')


def test_the_reader_chooses_the_language() -> None:
    german = gallery_index(GALLERY, lexicon_of("de"))
    assert '<html lang="de">' in german
    assert "Telefon" in german


def test_the_same_gallery_is_the_same_text_without_scripts() -> None:
    assert gallery_index(GALLERY) == gallery_index(GALLERY)
    assert "<script" not in gallery_index(GALLERY)


def test_the_policy_fits_the_style() -> None:
    html = gallery_index(GALLERY)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert b64encode(sha256(style.encode()).digest()).decode() in html
    assert "#firm-1 .swatch{background:#1f5f5b}" in style


def test_what_is_no_colour_never_gets_into_the_style() -> None:
    odd = replace(GALLERY, firms=(replace(FIRM, accent="red}body{display:none"),))
    assert "red}" not in gallery_index(odd)


def test_names_are_text() -> None:
    odd = replace(GALLERY, title="<b>", firms=(replace(FIRM, name="<script>x</script>"),))
    assert "<script>" not in gallery_index(odd)
    assert "&lt;script&gt;" in gallery_index(odd)


def test_what_is_invisible_in_a_name_is_written_out() -> None:
    nasty = replace(CLIENT, title="New\u200b", client="\u202eanna")
    html = gallery_index(Gallery("T\u2066", "", (replace(FIRM, name="\u202enerak", clients=(nasty,)),)))
    assert not {"\u200b", "\u202e", "\u2066"} & {*html}
    assert "\\u202enerak" in html


def test_a_language_of_no_name_is_shown_by_its_tag() -> None:
    pages = tuple(replace(page, locale="qaa") for page in CLIENT.pages)
    firm = replace(FIRM, locales=("qaa",), clients=(replace(CLIENT, pages=pages),))
    assert "<dt>qaa</dt>" in gallery_index(replace(GALLERY, firms=(firm,)))


def test_no_firms_at_all() -> None:
    assert lexicon_of("en")("gallery.empty") in gallery_index(replace(GALLERY, firms=()))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "Nothing open, nothing under way"),
        (
            {
                "todos": [{"kind": "chat_task", "subject": {"en": "x"}}] * 2,
                "jobs": [{"name": {"en": "x"}, "pipeline": "p", "stages": ["s"]}],
                "credit": "150.00",
            },
            "2 to-dos, 1 job, €150.00 credit",
        ),
    ],
)
def test_a_situation_in_one_line(more: dict[str, JSON], told: str) -> None:
    assert situation(persona_from_json({**PERSONA, **more}), "EUR", lexicon_of("en")) == told
