"""What layers say, edited in files as people write them: what is to change does, and no other byte.

The cases are in `layer_edits.txt`: what a layer is to say of a settings path (nothing, where nothing stands),
and the file before and after.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portalsync.config.edit.layer import LayerEdit, layer_edited, with_edit
from portalsync.config.yaml import parse
from portalsync.errors import InvalidConfig
from portalsync.model.edit import ABSENT

FILE = "firms/oak.yaml"
HEAD = "apiVersion: portalsync/v1\nkind: Firm\nid: oak\n"
STARTS = "chat.clients_can_start"


@dataclass(frozen=True)
class Case:
    edit: LayerEdit
    before: str
    after: str


def cases() -> Iterator[tuple[str, Case]]:
    text = Path(__file__).with_name("layer_edits.txt").read_text(encoding="utf-8")
    for each in f"\n{text}".split("\n=== ")[1:]:
        about, before, after = each.replace("--- after\n", "--- before\n").split("--- before\n")
        name, edit, _ = about.split("\n")
        path, _, value = edit.partition(":")
        yield name, Case(LayerEdit(path, json.loads(value) if value.strip() else ABSENT), before, after)


CASES = dict(cases())


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_only_what_is_meant_changes(name: str, ends: str) -> None:
    case = CASES[name]
    before, after = ((HEAD + text).replace("\n", ends) for text in (case.before, case.after))
    assert layer_edited(before.encode(), FILE, [case.edit]).decode() == after
    assert layer_edited(after.encode(), FILE, [case.edit]).decode() == after


def test_a_last_line_gets_an_end_where_others_follow_it() -> None:
    content = f"{HEAD}profile:\n  name: Oak".encode()
    expected = content.decode() + "\n\noptions:\n  chat:\n    clients_can_start: false\n"
    assert layer_edited(content, FILE, [LayerEdit(STARTS, value=False)]).decode() == expected


def test_several_edits_are_made_at_once() -> None:
    before = HEAD + "profile:\n  name: Oak # x\n\noptions:\n  chat:\n    clients_can_start: true\n"
    edits = [
        LayerEdit("prepayments.enabled", value=True),
        LayerEdit("profile.name", "Elm"),
        LayerEdit(STARTS, ABSENT),
        LayerEdit("prepayments.method", "card"),
    ]
    assert layer_edited(before.encode(), FILE, edits).decode() == HEAD + (
        "profile:\n  name: Elm # x\n\noptions:\n  prepayments:\n    enabled: true\n    method: card\n"
    )


def test_a_byte_order_mark_stays() -> None:
    content = f"\ufeff{HEAD}profile: {{name: Oak}}".encode()
    expected = f"\ufeff{HEAD}profile: {{name: Elm}}".encode()
    assert layer_edited(content, FILE, [LayerEdit("profile.name", "Elm")]) == expected


def test_a_file_that_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(InvalidConfig):
        layer_edited(b"profile: {", FILE, [LayerEdit("profile.name", "Elm")])


def test_what_cannot_be_taken_out_line_by_line_is_written_anew() -> None:
    """Without the line between them, the blank line would be one of the text above."""
    before = f"{HEAD}profile:\n  address: |+\n    Oak\n  phone: '1'\n\n  email: oak@example.com\n"
    after = layer_edited(before.encode(), FILE, [LayerEdit("profile.phone", ABSENT)])
    data = parse(before.encode(), FILE).data
    assert parse(after, FILE).data == with_edit(data, LayerEdit("profile.phone", ABSENT))
