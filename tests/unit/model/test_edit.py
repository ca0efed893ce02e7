"""One edit of one path: what it leads to, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portalsync.model.codec import decode, encode
from portalsync.model.edit import ABSENT, Absent, Edit, applied_to
from portalsync.model.json_value import JSON

VALUES: list[JSON] = [None, False, True, 0, 1, 1.0, "", "x", [], {}, {"en": "Hello"}]
DOCUMENTS = some.dictionaries(some.sampled_from("abcd"), some.sampled_from(VALUES))


@given(DOCUMENTS, DOCUMENTS)
def test_edits_between_two_documents_lead_there_and_their_inverse_back(
    one: dict[str, JSON], other: dict[str, JSON]
) -> None:
    edits = [Edit.between(path, one, other) for path in sorted({*one, *other})]
    assert applied_to(one, edits) == other
    assert applied_to(other, [Edit(each.path, each.after, each.before) for each in edits]) == one


def test_later_edits_of_a_path_win_and_the_settings_stay_as_they_were() -> None:
    settings: dict[str, JSON] = {"a": 1}
    assert applied_to(settings, [Edit("a", 1, 2), Edit("a", 2), Edit("b", after=None)]) == {"b": None}
    assert settings == {"a": 1}


@pytest.mark.parametrize("before", [ABSENT, *VALUES])
@pytest.mark.parametrize("held", [ABSENT, *VALUES])
def test_an_edit_starts_from_exactly_the_value_that_is_there(
    before: JSON | Absent, held: JSON | Absent
) -> None:
    settings = {} if held is ABSENT else {"a": held}
    alike = type(before) is type(held) and before == held
    assert Edit("a", before).starts_from(settings) is alike


@pytest.mark.parametrize("after", [ABSENT, *VALUES])
@pytest.mark.parametrize("before", [ABSENT, *VALUES])
def test_the_json_of_an_edit_has_no_key_for_what_is_absent(
    before: JSON | Absent, after: JSON | Absent
) -> None:
    body = encode(Edit("a", before, after))
    assert ("before" in body, "after" in body) == (before is not ABSENT, after is not ABSENT)
    assert decode(Edit, body) == Edit("a", before, after)
