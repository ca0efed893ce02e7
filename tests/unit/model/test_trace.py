"""What each layer says of a path, and what that lost to."""

from tests.origins import Stated

from portalsync.model.desired import Statement
from portalsync.model.json_value import JSON
from portalsync.model.trace import traces


def stated(path: str, value: JSON, layer: str) -> Statement:
    return Statement(path, value, layer, Stated(f"{layer}.yaml", 1))


LOW = stated("chat.audience", {"any": ["a"]}, "defaults")
NULL = stated("chat", None, "group north")
HIGH = stated("chat.audience", {"any": ["b"]}, "firm oak")


def test_each_word_loses_to_the_next_one_and_the_last_one_stands() -> None:
    steps = traces([LOW, NULL, HIGH])["chat.audience"]
    assert [step.statement for step in steps] == [LOW, NULL, HIGH]
    assert [step.lost_to for step in steps] == [NULL, HIGH, None]


def test_a_null_further_up_is_the_last_word_on_everything_below() -> None:
    found = traces([LOW, NULL])
    assert [*found] == ["chat", "chat.audience"]
    assert found["chat.audience"][-1].statement.value is None
    assert [step.statement for step in found["chat"]] == [NULL]


def test_paths_that_only_begin_alike_have_nothing_to_do_with_each_other() -> None:
    other = stated("chats.audience", {"any": ["c"]}, "defaults")
    assert [step.statement for step in traces([other, NULL])["chats.audience"]] == [other]
