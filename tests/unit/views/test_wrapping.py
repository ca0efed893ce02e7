"""Lines are broken where rich breaks them, whatever stands in them."""

import io

from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from portalsync.views.wrapping import wrapped

CONSOLE = Console(file=io.StringIO())
WORDS = st.text("abcÄß漢字🙂e\u0301\ufe0f☎-.,", max_size=12)
NAMES = st.sampled_from(["", "a", "Kanzlei", "税理士法人", "St.", "ve"])
TEXTS = st.lists(st.one_of(WORDS, NAMES)).map(" ".join)


def by_rich(text: str, room: int) -> list[str]:
    return [line.plain.rstrip() for line in Text(text, overflow="fold").wrap(CONSOLE, room)]


@given(TEXTS, st.integers(20, 30))
@example("  " + "a" * 20 + " b", 20)
@example("a" * 20 + " ", 20)
@example("a" * 10 + "  " + "b" * 9, 20)
@example("漢字 " * 40, 20)
def test_lines_end_where_rich_ends_them(text: str, room: int) -> None:
    lines = wrapped(text, room)
    if lines is not None:
        assert "".join(lines) == text
        assert [line.rstrip() for line in lines or [""]] == by_rich(text, room)


@given(st.lists(st.text("abÄ漢-", min_size=1, max_size=9), min_size=1, max_size=60), st.integers(20, 30))
def test_words_that_fit_are_never_left_to_rich(words: list[str], room: int) -> None:
    assert wrapped(" ".join(words), room) is not None
