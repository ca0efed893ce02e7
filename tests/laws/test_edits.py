"""Files that people have written, edited: they say what they should, and lose nothing else."""

from difflib import ndiff
from random import Random

from hypothesis import given
from tests.laws.layers import CHANCE, WORDY, Body, layer
from tests.laws.messy import comments, messy

from portalsync.config.edit.layer import LayerEdit, layer_edited, with_edit
from portalsync.config.edit.rewrite import rewritten
from portalsync.config.yaml import parse
from portalsync.model.json_value import JSON

FILE = "firms/linden.yaml"


def document(chance: Random, wordy: int) -> Body:
    head = {"apiVersion": "portalsync/v1", "kind": "Firm", "id": "linden"}
    return {**head, **layer(chance, wordy)}


@given(CHANCE, WORDY, WORDY)
def test_any_file_can_be_made_to_say_anything(chance: Random, before: int, after: int) -> None:
    """`rewritten` itself refuses a result that says something else."""
    content = messy(document(chance, before), chance).encode()
    wanted: JSON = document(chance, after)
    assert parse(rewritten(content, FILE, wanted), FILE).data == wanted


@given(CHANCE, WORDY)
def test_a_file_that_says_it_already_stays(chance: Random, wordy: int) -> None:
    data = document(chance, wordy)
    content = messy(data, chance).encode()
    assert rewritten(content, FILE, data) == content


@given(CHANCE, WORDY)
def test_one_value_of_one_line_is_one_line(chance: Random, wordy: int) -> None:
    data: JSON = document(chance, wordy) | {"profile": {"name": "Oak", "phone": "+49 30 5550100"}}
    before = messy(data, chance)
    edit = LayerEdit("profile.name", "Elm: tax")
    after = layer_edited(before.encode(), FILE, [edit]).decode()
    changed = [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]
    assert len(changed) == 2
    assert comments(after) == comments(before)
    assert parse(after.encode(), FILE).data == with_edit(data, edit)
