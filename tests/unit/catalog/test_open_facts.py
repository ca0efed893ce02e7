"""What a portal has and portalsync does not know by name is taken, as long as it can be shown."""

from typing import Any

import pytest

from portalsync.backend.reading import facts_of
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.schema import schema_for
from portalsync.json_bodies import WireError

FACTS = {"apiVersion": "portalsync/v1", "kind": "Facts", "firm": "oak", "currency": "EUR"}


def provider(method: str) -> dict[str, Any]:
    return {"payment_providers": [{"id": "p", "connected": True, "methods": [method]}]}


def segment(locale: str) -> dict[str, Any]:
    return {"segments": [{"locale": locale, "clients": 1}]}


@pytest.mark.parametrize(
    "more",
    [
        provider("wallet"),
        provider("SEPA_direct.debit"),
        {"booking_integrations": ["bookwell"]},
        segment("fr"),
        segment("zh-Hant-TW"),
        {"clients": {"all": 3}},
        {"clients": {"all": 3, "by_tag": {"vip": 1}, "by_language": {"de-AT": 3}}},
    ],
)
def test_taken_from_files_and_portals(more: dict[str, Any]) -> None:
    assert [*faults(validator(schema_for("facts")), {**FACTS, **more})] == []
    assert facts_of({**FACTS, **more}).raw == {**FACTS, **more}


@pytest.mark.parametrize(
    "more",
    [
        provider(""),
        provider("two words"),
        provider("a\x1b[31m"),
        {"booking_integrations": [7]},
        segment("German"[:1]),
        segment("de_AT"),
        {"clients": {}},
        {"clients": {"all": -1}},
        {"clients": {"all": 3, "by_tag": {"Two words": 1}}},
        {"clients": {"all": 3, "by_tag": {"vip": "1"}}},
    ],
)
def test_refused_by_both(more: dict[str, Any]) -> None:
    assert [*faults(validator(schema_for("facts")), {**FACTS, **more})]
    with pytest.raises(WireError):
        facts_of({**FACTS, **more})
