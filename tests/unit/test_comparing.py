"""Lines and words are compared as difflib does it, but for no longer than a bound."""

import difflib

from hypothesis import given
from hypothesis import strategies as st
from tests.steps import steps

from portalsync.comparing import BoundedMatcher
from portalsync.views.unified import unified

LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=20)


@given(LINES, LINES)
def test_what_fmt_shows_is_a_unified_diff(before: list[str], after: list[str]) -> None:
    """Seen to fail when an empty range began at line 1."""
    whole = ["--- x", "+++ x", *[*difflib.unified_diff(before, after, lineterm="")][2:]]
    assert [*unified(before, after, "x", "x")] == whole


def test_lines_of_which_every_other_one_differs_are_compared_within_the_bound() -> None:
    """Each line that stays is looked for among all that follow: without a bound, a million looks."""
    before, after = ([line for n in range(1000) for line in (f"same{n}", f"{end}{n}")] for end in "ab")
    assert steps(lambda: BoundedMatcher(before, after, 20_000).get_opcodes()) < 2_000_000


@given(LINES, LINES)
def test_whatever_the_bound_both_can_be_read_out_of_what_is_found(
    before: list[str], after: list[str]
) -> None:
    for most in (0, 5, 50):
        codes = BoundedMatcher(before, after, most).get_opcodes()
        assert [line for _, first, last, _, _ in codes for line in before[first:last]] == before
        assert [line for _, _, _, first, last in codes for line in after[first:last]] == after
