"""The headers of every answer.

Two of them a page says of itself too, for where it is opened as a file, in `templates/pages/base.html.j2`:

    Content-Security-Policy    <meta http-equiv="Content-Security-Policy" content="...">
    Referrer-Policy            <meta name="referrer" content="...">

What is changed here is changed there as well; `tests/contract/test_pages.py` holds them together.
"""

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def page_headers(policy: str, framed_by: str = "'none'") -> dict[str, str]:
    """`policy` is what the page says itself; only a header can add who may frame it."""
    return {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": f"{policy}; frame-ancestors {framed_by}",
        **SAFE_HEADERS,
    }
