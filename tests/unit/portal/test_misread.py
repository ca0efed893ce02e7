"""What somebody meant who wrote Markdown, where clients read something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.portal.markdown import links
from portalsync.portal.misread import Meant, misread

PIECES = st.sampled_from(
    [
        *(
            "[a](https://a.example/)",
            "[b](www.b.example)",
            "[c](http://c.example)",
            "[d]()",
            "[e][f]",
            "`",
            "```\n",
        ),
        *(
            "\n\n[f]: /f\n\n",
            "<https://g.example/>",
            "<http://h.example>",
            "<i@j.example>",
            "<k@l>",
            "![m](n.png)",
        ),
        *("<b>", "</b>", "<!--", "-->", "<div>\n", "| o | p |\n|---|---|\n", "www.q.example", "r@s.example"),
        *(
            "> ",
            "- ",
            "1. ",
            "\n",
            "\n\n",
            "    ",
            " ",
            "words",
            "*",
            "**",
            "_",
            "\\",
            "[",
            "]",
            "(",
            ")",
            "&amp;",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def meant_in(markdown: str) -> list[tuple[str, Meant]]:
    return [(each.text, each.meant) for each in misread(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Plain words: 3 < 4, a | b, 50 %.", []),
        ("[a](https://a.example/) <https://a.example/> <b@c.example> [t](tel:+49305550100)", []),
        ("`[a](www.b.example)` `<b>` \\[a](b)", []),
        ("```\n<b> www.a.example\n```", []),
        ("[a](www.b.example)", [("www.b.example", Meant.LINK)]),
        ("[www.b.example](www.b.example)", [("www.b.example", Meant.LINK)]),
        ('[a](</b> "t")', [("/b", Meant.LINK)]),
        ("> - [a](#top)", [("#top", Meant.LINK)]),
        ("[a][b]\n\n[b]: http://c.example", [("http://c.example", Meant.LINK)]),
        ("[a]( )", [("]( )", Meant.NOWHERE)]),
        ("<http://a.example> <a@b>", [("http://a.example", Meant.LINK), ("a@b", Meant.LINK)]),
        ("See https://a.example/b, please.", [("https://a.example/b", Meant.ADDRESS)]),
        ("Write to a@b.example.", [("a@b.example", Meant.ADDRESS)]),
        ("**www.a.example**", [("www.a.example", Meant.ADDRESS)]),
        ("a <b>b</b> <br>", [("<b>", Meant.HTML), ("<br>", Meant.HTML)]),
        ('<a href="https://a.example">a</a>', [('<a href="https://a.example">', Meant.HTML)]),
        ("<p>\n[a](/b)</p>", [("<p>\n[a](/b)</p>", Meant.HTML), ("/b", Meant.LINK)]),
        ("![a](b.png)", [("![a](b.png)", Meant.PICTURE)]),
        ("![c](https://d.example/e.png)", [("![c](https://d.example/e.png)", Meant.PICTURE)]),
        ("| a | b |\n|---|--:|\n| 1 | 2 |", [("| a | b |", Meant.TABLE)]),
    ],
)  # fmt: skip
def test_what_was_meant(markdown: str, expected: list[tuple[str, Meant]]) -> None:
    assert meant_in(markdown) == expected
    assert [markdown[each.start : each.end] for each in misread(markdown)] == [text for text, _ in expected]


@given(TEXTS)
def test_an_address_that_leads_nowhere_is_linked_by_no_page(markdown: str) -> None:
    """Seen to fail when the reader took bare addresses for links."""
    wrong = {each.text for each in misread(markdown) if each.meant is Meant.LINK}
    assert wrong.isdisjoint(links(markdown))


@given(TEXTS | st.text())
def test_what_is_told_stands_in_the_text(markdown: str) -> None:
    for each in misread(markdown):
        assert 0 <= each.start <= len(markdown)
        assert each.meant is Meant.LINK or markdown[each.start : each.end] == each.text
