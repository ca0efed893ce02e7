"""A click list as one file: nothing but its own script and style, and texts that cannot act in it."""

import re
from html import unescape

import pytest
from tests.unit.views.click_lists import EVERY_FIELD, clicks_of, part_of
from tests.unit.views.hostile import HOSTILE

from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.edit import Edit
from portalsync.views.click_list.runbook import runbook_html

SVG = "data:image/svg+xml;base64,PHN2Zy8+"


def html(*edits: Edit, locale: str = "en") -> str:
    return runbook_html(clicks_of(part_of(edits), locale=locale), lexicon_of(locale)).decode()


@pytest.mark.parametrize("locale", LOCALES)
def test_equal_lists_are_equal_files_in_one_language(locale: str) -> None:
    made = html(*EVERY_FIELD, locale=locale)
    assert made == html(*EVERY_FIELD, locale=locale)
    assert f'<html lang="{locale}">' in made
    assert "{" not in re.sub(r"<(style|script)\b.*?</\1>", "", made, flags=re.DOTALL)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_stand_in_it_and_do_nothing(hostile: str) -> None:
    """Seen to fail with `| safe` behind what is copied."""
    made = html(Edit("profile.address", before="a", after=hostile))
    assert made.count("<script") == 2
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', made)
    assert unescape(policy).startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_a_picture_is_shown_and_kept_if_it_is_one() -> None:
    assert f'<img src="{SVG}" alt="">' in html(Edit("profile.logo", after=SVG))
    assert "<img" not in html(Edit("profile.logo", after="https://tracker.example/x.png"))
    assert "<img" not in html(Edit("profile.logo", after=f'{SVG}"><script>'))


def test_where_there_is_nothing_to_click_nothing_can_be_ticked() -> None:
    made = html()
    assert "There is nothing to click." in made
    assert "<input" not in made
