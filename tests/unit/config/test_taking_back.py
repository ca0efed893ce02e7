"""Which lines take a promise back: without them the file says nothing else."""

import pytest

from portalsync.config.taking_back import taken_back
from portalsync.config.yaml import parse

BLOCKS = """\
id: ada
expect:
  oak:
    web:
      home:
        see:
          - chat.new_chat
          - appointments.link  # booked by phone
        not_see:
          - prepayments.link
  elm:
    web:
      home:
        see: [chat.new_chat, appointments.link]
        not_see: [prepayments.link]
  ash: {web: {home: {see: [chat.new_chat]}}}
  fir:
    web: {home: {see: [chat.new_chat], not_see: [prepayments.link]}}
  yew:
    web: {
      home: {see: [chat.new_chat],
        not_see: [prepayments.link]}}
"""


def _way(firm: str, verb: str, index: int, text: str = BLOCKS) -> str:
    return str(taken_back(parse(text.encode(), "ada.yaml"), ("expect", firm, "web", "home", verb, index)))


@pytest.mark.parametrize(
    ("firm", "verb", "index", "way"),
    [
        ("oak", "see", 0, "delete line 7 of ada.yaml"),
        ("oak", "see", 1, "delete line 8 of ada.yaml"),
        ("oak", "not_see", 0, "delete lines 9 to 10 of ada.yaml"),
        ("elm", "see", 0, "take chat.new_chat out of line 14 of ada.yaml"),
        ("elm", "see", 1, "take appointments.link out of line 14 of ada.yaml"),
        ("elm", "not_see", 0, "delete line 15 of ada.yaml"),
        ("ash", "see", 0, "delete line 16 of ada.yaml"),
        ("fir", "see", 0, "take chat.new_chat out of line 18 of ada.yaml"),
        ("fir", "not_see", 0, "take prepayments.link out of line 18 of ada.yaml"),
        ("yew", "not_see", 0, "take prepayments.link out of line 22 of ada.yaml"),
    ],
)
def test_the_lines_to_delete_hold_that_promise_and_what_it_leaves_empty(
    firm: str, verb: str, index: int, way: str
) -> None:
    told = _way(firm, verb, index)
    assert told == f"To allow this, {way}. To keep the promise, change the settings."


def test_the_only_promise_of_a_client_goes_with_all_of_expect() -> None:
    text = "id: ada\nexpect:\n  oak:\n    web:\n      home:\n        see:\n          - chat.new_chat\n"
    assert "delete lines 2 to 7 of ada.yaml" in _way("oak", "see", 0, text)
