"""Markdown that firms write -> HTML that cannot do more than read well."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from portalsync.addresses import target_problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = frozenset({"https", "mailto", "tel"})
LOWEST_HEADING = 6

_TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "ul",
    }
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "*": set[str]()}
"""By tag. What stands for all tags is named too: left out, it would be `lang` and `title`."""


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    """The text as HTML below a second-level heading. Raw HTML and images stay what was typed."""
    import nh3  # noqa: PLC0415 - for pages only

    tokens = _parser().parse(text)
    _demote(tokens)
    return nh3.clean(
        _parser().renderer.render(tokens, _parser().options, {}),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    ).strip()


@lru_cache(maxsize=4096)
def to_plain(text: str) -> str:
    """The words alone, on one line."""
    return " ".join(" ".join(_words(_parser().parse(text))).split())


@lru_cache(maxsize=4096)
def links(text: str) -> tuple[str, ...]:
    """Where its links lead, in the order of the text."""
    if "[" not in text and "<" not in text:  # with which each of them begins
        return ()
    children = (child for token in _parser().parse(text) for child in token.children or ())
    return tuple(str(child.attrs["href"]) for child in children if child.type == "link_open")


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 20 ms, and most plans read no text

    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    # A link that is refused here stays the text that was typed; so do all addresses that are shown. By itself
    # it would decode them: a look-alike host, a sign that turns the direction.
    parser.validateLink = _allowed  # type: ignore[assignment,method-assign]
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[assignment,method-assign]
    return parser


def _allowed(address: str) -> bool:
    return target_problem(address) is None


def _demote(tokens: Sequence["Token"]) -> None:
    """Headings continue the page's outline: they start at the third level and skip none."""
    level = 2
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        if inline.content:
            level = min(int(opening.tag[1]) + 2, level + 1, LOWEST_HEADING)
        opening.tag = closing.tag = f"h{level}" if inline.content else "p"


def _words(tokens: Sequence["Token"]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_spoken(child) for child in token.children or ())
        elif token.type in {"fence", "code_block"}:
            yield token.content


def _spoken(token: "Token") -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content
