"""What a plan says at its top of firms that go back."""

import pytest

from portalsync.lexicon import lexicon_of
from portalsync.views.wording.rest import back_item


@pytest.mark.parametrize(
    ("firms", "says"),
    [
        ([], []),
        ([("Oak", 4), ("Elm", 4)], ["Back to generation 4: Oak, Elm"]),
        (
            [("Oak", 4), ("Elm", 7)],
            ["Back to an earlier generation: Oak to generation 4, Elm to generation 7"],
        ),
    ],
)
def test_each_generation_stands_there(firms: list[tuple[str, int]], says: list[str]) -> None:
    assert [lexicon_of("en").say(item.text) for item in back_item(firms)] == says
