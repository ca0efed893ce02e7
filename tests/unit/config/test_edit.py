"""Edits by position: what is edited is as intended, and every other byte as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.config.edit.draft import Draft, TextEdit, deletion, insertion
from portalsync.config.edit.edited import edited
from portalsync.errors import InvalidConfig
from portalsync.model.json_value import JSON

FILE = "firms/oak.yaml"
TEXT = "kind: Firm # why\nid: 'oak'\n"


def draft(text: str = TEXT) -> Draft:
    return Draft(text.encode(), FILE)


def test_edits_are_made_together_at_positions_of_the_text_before() -> None:
    oak = draft()
    kind, key = oak.node(("kind",)), oak.node(("id",))
    edits = [
        TextEdit(oak.start(key.value), oak.end(key.value), '"elm"'),
        insertion(oak.line_start(1), "# new\n"),
        deletion(oak.end(kind.value), oak.line_end(0)),
    ]
    assert oak.edited(edits) == b'kind: Firm\n# new\nid: "elm"\n'
    assert oak.edited(reversed(edits)) == oak.edited(edits)


def test_what_is_inserted_at_one_place_stays_in_its_order() -> None:
    assert draft("a: 1\n").edited([insertion(0, "# b\n"), insertion(0, "# a\n")]) == b"# b\n# a\na: 1\n"


@pytest.mark.parametrize("second", [TextEdit(5, 8, "x"), insertion(6, "x"), deletion(0, 20)])
def test_edits_that_overlap_are_refused(second: TextEdit) -> None:
    with pytest.raises(AssertionError, match="overlap"):
        draft().edited([TextEdit(4, 7, "y"), second])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_positions_count_marks_and_line_ends(mark: str, ends: str, last: str) -> None:
    before = mark + ("ä: 1\nb:\n  - c\n  - |\n    text" + last).replace("\n", ends)
    oak = draft(before)
    item, text = oak.node(("b", 0)), oak.node(("b", 1))
    assert oak.text[oak.start(item.value) : oak.end(item.value)] == "c"
    assert oak.line_break(0) == ends
    assert oak.end(text.last) == len(before)
    assert oak.line_end(0) == oak.line_start(1) - len(ends)
    edits = [TextEdit(oak.start(item.value), oak.end(item.value), "d")]
    assert oak.edited(edits).decode() == before.replace("- c", "- d")


def test_no_edit_is_no_change() -> None:
    content = "\ufeffa: 1 \r\n\r\n# end".encode()
    assert Draft(content, FILE).edited(()) == content


def test_a_step_sees_what_the_one_before_it_left() -> None:
    def longer(oak: Draft) -> list[TextEdit]:
        return [insertion(0, f"# {len(oak.source.lines)}\n")]

    assert edited(b"a: 1\n", FILE, longer, longer) == b"# 3\n# 2\na: 1\n"


def test_the_result_has_to_say_what_is_intended() -> None:
    def renamed(oak: Draft) -> list[TextEdit]:
        key = oak.node(("id",)).key
        return [TextEdit(oak.start(key), oak.end(key), "firm")]

    def intended(data: JSON) -> JSON:
        return {"kind": "Firm", "firm": "oak"} if data else None

    assert edited(TEXT.encode(), FILE, renamed, intended=intended).decode() == TEXT.replace("id", "firm")
    with pytest.raises(AssertionError, match="would change what it says"):
        edited(TEXT.encode(), FILE, renamed)


@pytest.mark.parametrize("text", ["}", "'", "1", ": x"])
def test_a_result_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(AssertionError, match="would change what it says"):
        edited(TEXT.encode(), FILE, lambda oak: [insertion(len(oak.text), text)])


def test_types_are_part_of_what_a_file_says() -> None:
    with pytest.raises(AssertionError, match="would change what it says"):
        edited(b"a: 1\n", FILE, lambda _: [TextEdit(3, 4, "1.0")])


def test_a_file_that_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(InvalidConfig):
        edited(b"a: [1\n", FILE, lambda _: ())


@given(st.data(), st.text("ab \n#:", max_size=30))
def test_all_edits_at_once_are_each_by_itself_from_the_end(data: st.DataObject, text: str) -> None:
    """Seen to fail when edits were made one after the other from the start of the text."""
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [
        TextEdit(start, end, data.draw(st.text("xy", max_size=3)))
        for start, end in zip(places[::2], places[1::2], strict=False)
    ]
    expected = text
    for each in reversed(edits):
        expected = expected[: each.start] + each.text + expected[each.end :]
    assert draft(text).edited(edits).decode() == expected
