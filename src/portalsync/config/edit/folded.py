"""Texts below a `>`, whose lines are joined when they are read: another text in lines as they were."""

import textwrap
from collections.abc import Iterator, Sequence

from portalsync.config.yaml import parse
from portalsync.errors import InvalidConfig

_MORE = 12
"""Characters by which a line may become longer than all others before it is broken."""

Lines = Sequence[str]


def folded(before: Lines, sign: str, text: str) -> list[str] | None:
    """The lines of a text below the same sign, with no more changed than what differs. None where they would
    not say it: texts with lines that are indented further, or that end in another way.
    """
    new = [*_below(before, text.rstrip("\n").split("\n"))]
    return new if _says(new, sign, text) else None


def _below(before: Lines, wanted: Lines) -> Iterator[str]:
    """A line of the text is a paragraph here; a line break of it is a blank line."""
    known = [*_paragraphs(before)]
    texts = [" ".join(each) for each in known]
    others = [each for each, text in zip(known, texts, strict=True) if text not in wanted]
    for number, text in enumerate(wanted):
        if number:
            yield ""
        if text in texts:
            yield from known[texts.index(text)]
        elif text:
            yield from _in_lines_of(others.pop(0) if others else [], text)


def _paragraphs(lines: Lines) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line:
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []


def _in_lines_of(before: Lines, text: str) -> list[str]:
    """The lines with which a paragraph begins and ends as before, and what is other between them."""
    left, above, below = [*before], list[str](), list[str]()
    while left and text.startswith(f"{left[0]} "):
        above.append(left.pop(0))
        text = text[len(above[-1]) + 1 :]
    while left and text.endswith(f" {left[-1]}"):
        below.insert(0, left.pop())
        text = text[: -len(below[0]) - 1]
    longest = max(map(len, before), default=len(text))
    if len(text) <= longest + _MORE:
        return [*above, text, *below]
    broken = textwrap.wrap(text, longest, break_long_words=False, break_on_hyphens=False)
    return [*above, *broken, *below]


def _says(lines: Lines, sign: str, text: str) -> bool:
    content = "".join(f"  {line}\n" if line else "\n" for line in lines)
    try:
        return parse(f"text: {sign}\n{content}".encode(), "").data == {"text": text}
    except InvalidConfig:
        return False
