"""What is recorded of a firm: written and read again, believed as far as its history leads to it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.errors import BackendError
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.record.firm_record import FirmRecord, Sighting, Ticked
from portalsync.record.record_file import record_of, written
from portalsync.wire import Origin

MONDAY = Sighting("Anna Berg", "2026-11-23T09:00:00+00:00")
TUESDAY = Sighting("Jo Lind", "2026-11-24T09:00:00+00:00")
CHAT, GREETING = "chat.clients_can_start", "announcements.items.hello.title"
NOWHERE = Path("no pictures")
OFF = Edit(CHAT, after=False)
ON = Edit(CHAT, before=False, after=True)


def ticked(*edits: Edit, plan: str = "sha256:1") -> Ticked:
    return Ticked(plan, edits, tuple(edit.path for edit in edits))


def test_a_value_has_who_recorded_it_and_when() -> None:
    record = FirmRecord("oak").with_ticked(ticked(OFF), MONDAY)
    state = record.state()
    assert (state.generation, state.settings, state.managed) == (2, {CHAT: False}, (CHAT,))
    assert (record.settings[CHAT].by, record.settings[CHAT].at) == ("Anna Berg", MONDAY.at)
    assert state.applied == 2


def test_the_same_plan_goes_on_in_its_generation_and_another_begins_one() -> None:
    """Seen to fail where each sitting makes a generation of its own."""
    hello = Edit(GREETING, after={"en": "Hello"})
    record = FirmRecord("oak").with_ticked(ticked(OFF), MONDAY).with_ticked(ticked(hello), TUESDAY)
    assert record.generation == 2
    assert {edit.path for edit in record.history[-1].writes} == {CHAT, GREETING}
    assert record.settings[CHAT].by == "Anna Berg"
    later = record.with_ticked(ticked(ON, plan="sha256:2"), TUESDAY)
    assert (later.generation, later.state(2).settings[CHAT], later.state().settings[CHAT]) == (3, False, True)


def test_who_looks_leaves_what_is_managed_and_applied() -> None:
    record = FirmRecord("oak").with_ticked(ticked(OFF), MONDAY)
    looked = record.with_seen((ON,), (), TUESDAY)
    state = looked.state()
    assert (state.generation, state.applied, state.managed) == (3, 2, (CHAT,))
    assert looked.entries[0].origin is Origin.PORTAL
    confirmed = record.with_seen((), (CHAT,), TUESDAY)
    assert (confirmed.generation, confirmed.audit) == (2, record.audit)
    assert confirmed.settings[CHAT].by == "Jo Lind"


def test_one_walk_is_one_generation_unless_somebody_else_recorded_meanwhile() -> None:
    """Seen to fail where what another recorded is gone on with."""
    hello = Edit(GREETING, after={"en": "Hello"})
    first = FirmRecord("oak").with_seen((OFF,), (), TUESDAY)
    assert first.with_seen((hello,), (), TUESDAY, goes_on=True).generation == 2
    between = first.with_ticked(ticked(ON), MONDAY)
    later = between.with_seen((hello,), (), TUESDAY, goes_on=True)
    assert [each.origin for each in later.history] == [Origin.PORTAL, Origin.PLAN, Origin.PORTAL]
    assert later.history[:2] == between.history


def test_its_trail_is_sealed_row_by_row_from_the_first_on() -> None:
    record = FirmRecord("oak").with_ticked(ticked(OFF), MONDAY)
    later = record.with_ticked(ticked(ON, plan="sha256:2"), TUESDAY)
    assert [row.hash for row in later.trail] == [row.seal for row in later.trail]
    assert [row.previous for row in later.trail] == ["", *(row.hash for row in later.trail[:-1])]
    assert later.trail[:2] == record.trail
    assert (later.audit, later.state(2).audit) == (later.trail[-1].hash, record.audit)


def test_a_record_knows_no_generation_to_come() -> None:
    with pytest.raises(KeyError):
        FirmRecord("oak").state(2)


_letters = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")))
_texts = _letters | st.text("ab \n#:-'\"|>%@é\u202e\u200b\t\u2028😀", max_size=20)
_values = _texts | st.dictionaries(st.sampled_from(("en", "de")), _texts)


@given(st.dictionaries(st.sampled_from("abc"), _values))
def test_what_is_written_is_read_again(values: dict[str, JSON]) -> None:
    edits = tuple(Edit(f"unknown.{name}", after=value) for name, value in values.items())
    record = FirmRecord("oak").with_ticked(ticked(*edits), MONDAY)
    assert record_of(written(record)[0], "oak.yaml", "oak", NOWHERE) == record


def altered(old: str, new: str) -> str:
    """What is said of a record in which somebody wrote."""
    record = FirmRecord("oak").with_ticked(ticked(OFF), MONDAY)
    record = record.with_ticked(ticked(Edit(CHAT, before=False), Edit("chat.x", after=1), plan="b"), TUESDAY)
    text = written(record.with_ticked(ticked(Edit(CHAT, after=True), plan="c"), TUESDAY))[0].decode()
    assert old in text
    with pytest.raises(BackendError) as refused:
        record_of(text.replace(old, new, 1).encode(), "portal-record/oak.yaml", "oak", NOWHERE)
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("value: true", "value: false", 6),
        ("after: false", "after: true", 31),
        ("generation: 3", "generation: 4", 25),
        ("firm: oak", "firm: elm", 4),
        ("by: Jo Lind", "by: []", 8),
        ("by: Jo Lind", "by: [", 8),
        ("value: true", "value: 'on'", 6),
    ],
)
def test_an_altered_record_is_named_with_its_line(old: str, new: str, line: int) -> None:
    assert f"portal-record/oak.yaml:{line}:" in altered(old, new)
