"""The review as a file: what it says, what it may ask for, how large it gets."""

import gzip
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import pytest
from tests.browser.reviews import CHANGED, case, file_of, hostile, ordinary, reviewed

from portalsync.catalog.options.announcements import LONGEST_BODY
from portalsync.diagnostics import Severity
from portalsync.lexicon import lexicon_of
from portalsync.preview.lint import Remark
from portalsync.preview.review import RemarkedPages
from portalsync.views.review.file import review_html
from portalsync.views.review.payload import in_schemes, pack
from portalsync.views.review.sides import address
from portalsync.views.review.telling import Telling, remarks
from portalsync.views.wording.passages import Passage, passage
from portalsync.views.wording.word_diff import Mark, Piece, shortened, word_diff

EN = lexicon_of("en")


def shown(pieces: Sequence[Piece]) -> str:
    signs = {Mark.SAME: "{}", Mark.GONE: "[-{}-]", Mark.NEW: "[+{}+]", Mark.LEFT_OUT: "{}"}
    return "".join(signs[piece.mark].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "Hello", "[+Hello+]"),
        ("Hello", "", "[-Hello-]"),
        ("we know your file.", "we know your papers.", "we know your [-file-][+papers+]."),
        ("closed on Monday all day", "closed on May 4 all day", "closed on [-Monday-][+May 4+] all day"),
        ("one two", "one two", "one two"),
        (
            "entirely other words",
            "nothing alike here at all",
            "[-entirely other words-][+nothing alike here at all+]",
        ),
    ],
)
def test_words_that_differ_are_marked(before: str, after: str, expected: str) -> None:
    assert shown(word_diff(before, after)) == expected


@pytest.mark.parametrize(
    ("before", "after"), [("a b  c", "a x c"), ("ä, ö", "ä. ö"), ("", " "), ("x\ny", "x y")]
)
def test_both_texts_can_be_read_out_of_a_difference(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    old = "".join(piece.text for piece in pieces if piece.mark is not Mark.NEW)
    new = "".join(piece.text for piece in pieces if piece.mark is not Mark.GONE)
    assert (old.split(), new.split()) == (before.split(), after.split())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("due · November 26, 2026", "due · 26 November 2026"),
        ("Hello, dear clients", "Dear clients, hello"),
        ("we are closed", "today we are closed"),
    ],
)
def test_words_that_only_come_or_go_take_their_blank_with_them(before: str, after: str) -> None:
    """Seen to fail: the text without them had two blanks in that place."""
    both = (passage(before, after), passage(after, before))
    assert both == (Passage(before, after), Passage(after, before))


def test_a_long_text_is_cut_down_to_what_differs() -> None:
    words = " ".join(f"w{number}" for number in range(100))
    pieces = shortened(word_diff(f"{words} old {words}", f"{words} new {words}"))
    assert shown(pieces) == ("…w92 w93 w94 w95 w96 w97 w98 w99 [-old-][+new+] w0 w1 w2 w3 w4 w5 w6 w7 …")


def test_of_the_longest_announcement_only_the_words_that_differ_are_marked() -> None:
    """Prose says the same words again and again: that alone is no reason to give it up."""
    before = " ".join(f"The word{n} of the form{n} is on the page{n} of the list." for n in range(36))
    after = before.replace("word3 ", "term3 ").replace("form19", "sheet19").replace("page35", "side35")
    assert 1800 < len(before) <= LONGEST_BODY
    changes = [piece.text for piece in word_diff(before, after) if piece.mark is not Mark.SAME]
    assert changes == ["word3", "term3", "form19", "sheet19", "page35", "side35"]


def test_a_very_long_text_is_not_compared_word_by_word() -> None:
    assert len(word_diff("a " * 10_000, "b " * 10_000)) == 2


def test_equal_reviews_are_equal_bytes() -> None:
    assert file_of(ordinary()) == file_of(ordinary())


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_file_asks_for_nothing(locale: str) -> None:
    """No address in any attribute that loads, and a policy that would refuse it."""
    html = file_of(ordinary(), hostile(), locale=locale).decode()
    assert re.findall(r"<(?:link|img|object|embed|base)\b", html) == []
    assert re.findall(r"<script[^>]*\bsrc", html) == []
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert len(policy) == 1
    assert policy[0].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[0]
    assert "connect-src" not in policy[0]


def test_the_policy_admits_this_script_and_the_styles_of_both_schemes() -> None:
    found = reviewed(ordinary())
    html = review_html(found, EN).decode()
    script = html.rpartition("<script>")[2].partition("</script>")[0]
    style = html.partition("<style>")[2].partition("</style>")[0]
    for text in (script, style, *pack(found, EN).styles):
        assert b64encode(sha256(text.encode()).digest()).decode() in html.replace("&#43;", "+")


def test_a_style_in_one_scheme_asks_nothing_of_the_readers_system() -> None:
    dark = "@media (prefers-color-scheme:dark){p{color:#fff}}"
    assert in_schemes(dark) == ("@media not all{p{color:#fff}}", "@media all{p{color:#fff}}")
    for style in pack(reviewed(ordinary()), EN).styles:
        assert "prefers-color-scheme" not in style
        assert "light dark" not in style


def test_a_plan_is_named_and_counted() -> None:
    found = reviewed(ordinary())
    html = review_html(found, EN).decode()
    assert found.plan is not None
    assert found.plan.digest in html
    assert "Commit 3f9c2ab" in html
    assert f"<p>{EN.number(len(found.variants))} variants · " in html
    assert "42 clients lose “Message firm” on the phone." in html
    assert "are led to another address by “Book appointment”" in html


def test_without_a_plan_there_is_nothing_to_compare() -> None:
    html = file_of(case("lindenhof", None, CHANGED)).decode()
    assert 'id="changes"' not in html
    assert "What clients will find</h1>" in html
    assert html.count('class="cell') > 2


def test_german_reads_german() -> None:
    html = file_of(ordinary(), locale="de").decode()
    assert '<html lang="de">' in html
    assert "Was Mandanten nach dieser Änderung vorfinden" in html
    assert "Nur auf Deutsch geändert" in html


@pytest.mark.parametrize("locale", ["en", "de"])
def test_why_a_promise_is_broken_is_told_in_the_language_of_the_review(locale: str) -> None:
    html = file_of(ordinary(), locale=locale).decode()
    assert f"· {lexicon_of(locale)('options.chat.hidden.off')} ·" in html


@pytest.mark.parametrize(
    "code", ["empty-home", "translation-missing", "contrast", "announcement-long", "headings", "link"]
)
def test_remarks_have_words(code: str) -> None:
    values = dict.fromkeys(("label", "locale", "other", "color", "ratio", "count", "levels", "href"), "de")
    assert Telling(reviewed(ordinary()), EN).remark(code, values)


def test_a_remark_is_german_from_its_first_word() -> None:
    """Seen to begin with `warning`."""
    values = {"label": "Über uns", "locale": "en", "other": "de"}
    found = RemarkedPages(Remark("translation-missing", Severity.WARNING, values), pages=2, opens=0)
    (told,) = remarks(replace(reviewed(ordinary()), remarks=(found,)), lexicon_of("de"))
    assert told.startswith("Warnung[translation-missing]: „Über uns“ gibt es nicht auf Englisch; ")
    assert "diese Mandanten lesen Deutsch. (2 Seiten; " in told


def test_an_address_shows_its_host_and_where_it_parts() -> None:
    here = address("https://a.example/team/one?x=1", "https://a.example/team/two?x=1")
    assert (here.host, here.alike, here.differs) == ("a.example", "/team/", "one?x=1")
    there = address("https://a.example/x", "https://b.example/x")
    assert (there.host, there.alike, there.differs) == ("a.example", "/x", "")
    odd = address("mailto:a@b.example", "https://b.example/x")
    assert odd.scheme + odd.host + odd.alike + odd.differs == "mailto:a@b.example"


def test_dates_are_told_on_the_firms_clock() -> None:
    tell = Telling(reviewed(ordinary()), EN)
    assert [tell.moment_of(moment) for moment in tell.review.timeline] == ["1 Feb 2027"]
    assert tell.moment(tell.review.timeline[0].at, ["nobody"]) == "31 Jan 2027, 23:00 UTC"


def test_text_that_reorders_is_written_out() -> None:
    html = file_of(ordinary(), hostile()).decode()
    assert "\u202e" not in html
    assert "\\u202e" in html


def test_what_the_viewer_gets_is_written_out_before() -> None:
    """Whatever it puts on the screen by itself; pages are what clients see, and stay as they are."""
    packed = file_of(ordinary(), hostile()).decode().partition('id="pages">')[2].partition("<")[0]
    body = json.loads(gzip.decompress(b64decode(packed)))
    shown = json.dumps({key: value for key, value in body.items() if key != "documents"}, ensure_ascii=False)
    assert "\u202e" not in shown
    assert "\\\\u202e" in shown


def test_four_hundred_pages_before_and_after_stay_below_a_megabyte() -> None:
    """Twenty firms that switch chats off: many pages, few differences."""
    before = {**CHANGED, "chat.clients_can_start": True}
    cases = [case(f"firm-{number}", before, CHANGED) for number in range(12)]
    found = reviewed(*cases)
    assert len(found.shown) > 150
    assert len(review_html(found, EN)) < 1_000_000 * len(found.shown) / 400
