"""Where settings came from stands in the name that a commit gives its plan."""

import pytest

from portalsync.model.plan_name import Origins, origins_in
from portalsync.wire import LONGEST_LINE

NAME = f"sha256:{'a' * 64} review:{'b' * 64}"


@pytest.mark.parametrize(
    "origins", [Origins(), Origins("c0ffee1"), Origins(back_to=4), Origins("c0ffee1", narrowed=True)]
)
def test_what_a_name_says_is_read_again(origins: Origins) -> None:
    assert origins_in(origins.of(NAME)) == origins


@pytest.mark.parametrize("origins", [Origins("f" * 64, narrowed=True), Origins(back_to=2**31 - 1)])
def test_a_name_fits_into_its_line(origins: Origins) -> None:
    assert len(origins.of(NAME)) <= LONGEST_LINE


@pytest.mark.parametrize("commit", ["", "HEAD", "c0ffee1 review:x", "c0ffee1\n"])
def test_what_is_no_commit_does_not_stand_in_it(commit: str) -> None:
    assert Origins(commit).of(NAME) == NAME


@pytest.mark.parametrize("name", ["", "back-to:0", "back-to:x commit:zz", "commit:", "sha256:aaaaaaa"])
def test_who_says_nothing_is_believed_nothing(name: str) -> None:
    assert origins_in(name) == Origins()
