"""Tabs that indent nothing, which YAML 1.2 takes for blanks, and where libyaml stops."""

import re
from collections.abc import Iterator

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # its stubs leave it out
from yaml.error import YAMLError
from yaml.events import ScalarEvent

from portalsync.config.yaml.source import end_of, start_of

_IDLE = re.compile(
    r"^ *\t[ \t]*(?=#|$)"  # on a blank line, or before a comment
    r"|^ *(?:- +)*-\t[ \t]*(?=[^\s#-])(?!.*:(?:\s|$))",  # between the dash and the text of an entry
    re.MULTILINE,
)


def with_blanks(text: str) -> str:
    """The text with a space for each of these tabs: it means the same, and everything stays in its place."""
    if "\t" not in text:
        return text
    spaced = _IDLE.sub(lambda each: each[0].replace("\t", " "), text)
    if spaced == text:
        return text
    pieces, at = list[str](), 0
    for start, end in _texts(spaced):
        pieces += (spaced[at:start], text[start:end])
        at = end
    return "".join((*pieces, spaced[at:]))


def _texts(text: str) -> Iterator[tuple[int, int]]:
    """Where those texts are, as far as they can be read, to which a tab on a line of its own may belong."""
    parser = CParser(text)
    try:
        while event := parser.get_event():
            if isinstance(event, ScalarEvent) and event.style and start_of(event).line < end_of(event).line:
                start, end = start_of(event).index, end_of(event).index
                header = text[start : text.index("\n", start)]
                keeps_end = event.style in "'\"" or "+" in header.partition("#")[0]
                yield start, end if keeps_end else len(text[:end].rstrip())
    except YAMLError:
        return
