import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.portal.markdown import links, to_html, to_plain


def test_reads_like_markdown() -> None:
    html = to_html("We are **closed**.\n\n- one\n- two")
    assert html == "<p>We are <strong>closed</strong>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.com/a?b=1&c=2",
        "https://xn--80ak6aa92e.com/",
        "https://www.example.com/%E2%80%AE%20gnp",
        "mailto:office@example.com",
        "tel:+49305550100",
    ],
)
def test_links_that_lead_somewhere_good(address: str) -> None:
    html = to_html(f"[here]({address})")
    escaped = address.replace("&", "&amp;")
    assert html == f'<p><a href="{escaped}" rel="noopener noreferrer nofollow">here</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html;base64,PHM+",
        "vbscript:x",
        "http://example.com/",
        "//example.com/",
        "/portal/other-firm",
        "web-home.html",
        "#top",
        "https://pay.example@evil.example/",
        "https://pay.example:8443/",
        "https://192.0.2.7/",
        "https://localhost/",
        "https://b\u00fccher.example/",
        "https://www.example.com/stra\u00dfe",
        "MAILTO:office@example.com",
        "mailto:office@localhost",
        "mailto:office@example.com?bcc=thief@evil.example",
        "mailto:thief%40evil.example%2Coffice@example.com",
        "mailto:office@example.com,thief@evil.example",
        f"mailto:office@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.example",
        "tel:112",
        "tel:*21*0305550100#",
        "tel:+49305550100;ext=1",
    ],
)
def test_other_links_stay_the_text_that_was_typed(address: str) -> None:
    assert "<a" not in to_html(f"[here]({address})")
    assert "here" in to_html(f"[here]({address})")


@pytest.mark.parametrize(
    "address",
    [
        "https://xn--80ak6aa92e.com/",
        "https://www.example.com/%E2%80%AE%20gnp",
        "https://www.example.com/%C3%BC",
    ],
)
def test_an_address_that_is_shown_is_the_one_that_was_typed(address: str) -> None:
    """Decoded, the first reads as a firm that everyone knows, and the second turns what follows around."""
    assert f">{address}</a>" in to_html(f"<{address}>")
    assert to_plain(f"<{address}>") == address


def test_of_attributes_only_those_that_are_meant_come_through() -> None:
    """A title over a link could say that it leads elsewhere."""
    html = to_html('[a](https://www.example.com/ "https://bank.example")\n\n3. b')
    assert html == (
        '<p><a href="https://www.example.com/" rel="noopener noreferrer nofollow">a</a></p>\n'
        '<ol start="3">\n<li>b</li>\n</ol>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "hello <b onclick=x>bold</b>",
        "</style></article><h1>mine</h1>",
        "<!-- comment -->",
        "<svg><style>*{display:none}</style></svg>",
    ],
)
def test_raw_html_shows_as_text(text: str) -> None:
    html = to_html(text)
    assert html.replace("&lt;", "<").replace("&gt;", ">") == f"<p>{text}</p>"


def test_tells_where_its_links_lead() -> None:
    """Wherever they stand in the text; a look-alike of another script is no link."""
    text = "- [one](https://one.example/a)\n\n> [two][2] <https://\u0440\u0430y.example/> <a@b.example>"
    told = ("https://one.example/a", "https://two.example/", "mailto:a@b.example")
    assert links(f"{text}\n\n[2]: https://two.example/") == told


def test_images_are_never_loaded() -> None:
    assert "<img" not in to_html("![logo](https://tracker.example/pixel.png)")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# a\n## b\n### c", ["h3", "h4", "h5"]),
        ("### a\n# b\n#### c", ["h3", "h3", "h4"]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", ["h3", "h4", "h5", "h6", "h6", "h6"]),
        ("#\n\n## b", ["p", "h3"]),
    ],
)
def test_headings_continue_the_outline_of_the_page(text: str, tags: list[str]) -> None:
    assert [line[1:].partition(">")[0] for line in to_html(text).splitlines()] == tags


def test_code_keeps_no_class() -> None:
    assert to_html("```python\nx < 1\n```") == "<pre><code>x &lt; 1\n</code></pre>"


def test_plain_is_the_words_alone() -> None:
    assert (
        to_plain("# Closed\n\nWe are **back** on\n[Monday](https://example.com).")
        == "Closed We are back on Monday."
    )


@given(st.text())
def test_whatever_a_firm_writes_only_harmless_tags_come_out(text: str) -> None:
    html = to_html(text).lower()
    assert not any(tag in html for tag in ("<script", "<style", "<img", "<svg", "<iframe", "<form", "<input"))
    assert to_html(text) == to_html(text)
    to_plain(text)
