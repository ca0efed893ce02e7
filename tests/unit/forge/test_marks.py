"""What comments and issues carry unseen: read as it was written, and never taken for markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.forge.marks import DriftMark, PlanMark, hidden_mark, read_mark


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=60), max_size=4))
def test_a_mark_is_read_as_written(data: dict[str, str]) -> None:
    line = hidden_mark("plan", data)
    assert "\n" not in line
    assert not re.search(r"<|>|--", line[4:-3])
    assert read_mark("plan", f"{line}\r\nrest") == data
    assert read_mark("drift", line) is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "text",
        "x\n" + hidden_mark("plan", {}),
        "<!-- portalsync-plan [] -->",
        '<!-- portalsync-plan {"a":1} -->',
        "<!-- portalsync-plan {a} -->",
    ],
)
def test_what_is_no_mark(body: str) -> None:
    assert read_mark("plan", body) is None
    assert PlanMark.read(body) is None
    assert DriftMark.read(body) is None


def test_the_mark_of_one_kind_is_none_of_the_other() -> None:
    issue = DriftMark("production")
    assert DriftMark.read(f"{issue.line()}\ntext") == issue
    assert PlanMark.read(issue.line()) is None
    assert DriftMark.read(PlanMark("production", "d", "p", "c").line()) is None
