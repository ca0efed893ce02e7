"""What is due: which stands first, and when it is overdue."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import MOBILE_HOME, WEB_HOME, WEB_INVOICES, Line, Place, Shape, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.classes import Classes
from portalsync.portal.compose import compose
from portalsync.portal.render import render

FACTS = facts_from_json({"currency": "EUR"})
NOON = datetime(2026, 12, 15, 12, tzinfo=UTC)
CLIENT: Mapping[str, JSON] = {
    "id": "busy",
    "title": {"en": "Busy"},
    "client": "Sample Ltd",
    "locale": "en",
    "todos": [
        {"kind": "esign_proposal", "subject": {"en": "Letter"}},
        {"kind": "chat_task", "subject": {"en": "Receipts"}, "due": "2026-12-14"},
        {"kind": "pay_invoice", "subject": {"en": "Accounts"}, "amount": "5", "due": "2026-12-15"},
        {"kind": "pay_invoice", "subject": {"en": "Payroll"}, "amount": "7", "due": "2026-12-20"},
    ],
    "invoices": [
        {"number": "1", "subject": {"en": "May"}, "amount": "10", "due": "2026-06-01", "paid": True},
        {"number": "3", "subject": {"en": "July"}, "amount": "20", "due": "2026-12-30", "paid": False},
        {"number": "2", "subject": {"en": "June"}, "amount": "20", "due": "2026-07-01", "paid": False},
    ],
}


def classes(at: datetime, zone: str = "UTC") -> Classes:
    return Classes(situation_of("example", {"profile.time_zone": zone}, FACTS, at))


def lines(place: Place, at: datetime = NOON, zone: str = "UTC") -> tuple[Line, ...]:
    page = classes(at, zone).compose(persona_from_json(CLIENT), place, "en", at)
    (block,) = (each for each in page.shown if each.shape in {Shape.TODO_LIST, Shape.RECORDS})
    return block.content.lines


def overdue(place: Place, at: datetime = NOON, zone: str = "UTC") -> list[str]:
    return [line.title for line in lines(place, at, zone) if line.overdue]


@pytest.mark.parametrize("place", [WEB_HOME, MOBILE_HOME])
def test_what_was_due_before_today_is_overdue_and_what_is_due_today_is_not(place: Place) -> None:
    assert overdue(place) == ["Receipts"]


def test_an_invoice_is_overdue_unless_it_is_paid() -> None:
    assert overdue(WEB_INVOICES) == ["2 · June"]


def test_a_day_ends_at_midnight_where_the_firm_is() -> None:
    evening_in_new_york = datetime(2026, 12, 16, 2, tzinfo=UTC)
    assert overdue(WEB_HOME, evening_in_new_york, "America/New_York") == ["Receipts"]
    assert overdue(WEB_HOME, evening_in_new_york, "Europe/Berlin") == ["Receipts", "Accounts"]


def test_what_is_due_first_stands_first() -> None:
    assert [line.title for line in lines(WEB_HOME)] == ["Receipts", "Accounts", "Payroll", "Letter"]
    assert [line.title for line in lines(WEB_INVOICES)] == ["2 · June", "3 · July", "1 · May"]


def test_pages_that_are_remembered_turn_overdue_at_midnight() -> None:
    day, next_day = NOON, datetime(2026, 12, 16, 0, 30, tzinfo=UTC)
    firm, client = classes(day), persona_from_json(CLIENT)
    for at in (day, next_day):
        page = compose(situation_of("example", {}, FACTS, at), client, WEB_HOME, "en")
        assert firm.compose(client, WEB_HOME, "en", at) == page
    assert firm.interval(day) != firm.interval(next_day)
    kept = {firm.page_class(client, WEB_HOME, "en", at) for at in (day, next_day)}
    assert len(kept) == 2


def test_it_reads_so() -> None:
    page = classes(NOON).compose(persona_from_json(CLIENT), WEB_HOME, "en", NOON)
    text = re.sub("<[^>]*>", "", render(page))
    assert "overdue since December 14, 2026" in text
    assert "due December 15, 2026" in text
