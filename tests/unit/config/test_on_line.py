"""What stands on a line of a file."""

import pytest

from portalsync.config.yaml import parse

TEXT = """\
options:
  chat: {clients_can_start: false,
    audience: {any: [a]}}
  # nothing
  announcements:
    items:
      - id: one
        title: {en: One}
        body:
          en: |
            # first

            last
      # nothing
      - {id: two, remove: true}

  prepayments:
    method:
      card
"""
ITEMS = ("options", "announcements", "items")


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (1, [("options",)]),
        (2, [("options", "chat")]),
        (3, [("options", "chat", "audience")]),
        (4, []),
        (6, [ITEMS]),
        (7, [(*ITEMS, 0)]),
        (8, [(*ITEMS, 0, "title")]),
        (10, [(*ITEMS, 0, "body", "en")]),
        (11, [(*ITEMS, 0, "body", "en")]),
        (13, [(*ITEMS, 0, "body", "en")]),
        (14, []),
        (15, [(*ITEMS, 1)]),
        (16, []),
        (19, [("options", "prepayments", "method")]),
        (20, []),
        (400, []),
    ],
)
def test_what_begins_on_a_line_or_goes_on(line: int, paths: list[tuple[str | int, ...]]) -> None:
    """Seen to fail for the line behind a text of several lines."""
    assert parse(TEXT.encode(), "a.yaml").on_line(line) == paths


def test_two_on_one_line() -> None:
    assert parse(b"a: {\n b: 1, c: 2}\n", "a.yaml").on_line(2) == [("a", "b"), ("a", "c")]
