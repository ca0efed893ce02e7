from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest

from portalsync.catalog.profile import region
from portalsync.cldr import cldr_of, country_of, written_in
from portalsync.lexicon import lexicon_of
from portalsync.model.facts import facts_from_json
from portalsync.model.page import WEB_HOME, Situation, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose
from portalsync.portal.render import render

CLIENT = persona_from_json(
    {
        "id": "ida",
        "title": {"en": "Ida"},
        "client": "Ida Moser",
        "locale": "de",
        "credit": "12486.50",
        "todos": [
            {"kind": "pay_invoice", "subject": {"en": "Invoice 7"}, "due": "2027-01-01", "amount": "486.50"}
        ],
    }
)


def _firm(zone: str, currency: str = "EUR") -> Situation:
    facts = facts_from_json({"currency": currency})
    settings: Mapping[str, str] = {"profile.time_zone": zone}
    return situation_of("linden", settings, facts, datetime(2026, 12, 1, tzinfo=UTC))


def _home(zone: str, locale: str, currency: str = "EUR") -> str:
    return render(compose(_firm(zone, currency), CLIENT, WEB_HOME, locale))


@pytest.mark.parametrize(
    ("zone", "locale", "tag", "figures"),
    [
        ("Europe/Berlin", "de", "de", ("12.486,50\xa0€", "486,50\xa0€", "1. Januar 2027")),
        ("Europe/Vienna", "de", "de-AT", ("€\xa012.486,50", "€\xa0486,50", "1. Jänner 2027")),
        ("Europe/Zurich", "de", "de-CH", ("EUR\xa012'486.50", "EUR\xa0486.50", "1. Januar 2027")),
        ("America/New_York", "de", "de", ("12.486,50\xa0€", "486,50\xa0€", "1. Januar 2027")),
        ("UTC", "de", "de", ("12.486,50\xa0€", "486,50\xa0€", "1. Januar 2027")),
        ("Europe/Berlin", "en", "en-001", ("€12,486.50", "€486.50", "1 January 2027")),
        ("Europe/Vienna", "en", "en-001", ("€12,486.50", "€486.50", "1 January 2027")),
        ("Europe/London", "en", "en-GB", ("€12,486.50", "€486.50", "1 January 2027")),
        ("America/New_York", "en", "en", ("€12,486.50", "€486.50", "January 1, 2027")),
        ("US/Eastern", "en", "en", ("€12,486.50", "€486.50", "January 1, 2027")),
        ("UTC", "en", "en", ("€12,486.50", "€486.50", "January 1, 2027")),
    ],
)
def test_amounts_and_days_are_written_as_people_write_them_where_the_firm_is(
    zone: str, locale: str, tag: str, figures: tuple[str, str, str]
) -> None:
    page = unescape(_home(zone, locale)).replace(
        "\u2019", "'"
    )  # which apostrophe it is differs in the CLDR's versions
    assert f'<html lang="{tag}">' in page
    for text in figures:
        assert f"{text}<" in page


def test_dollars_are_those_of_the_united_states_where_other_dollars_could_be_meant() -> None:
    assert ">$486.50<" in _home("America/New_York", "en", "USD")
    assert ">US$486.50<" in _home("Europe/Berlin", "en", "USD")


def test_a_client_portal_in_austria_is_for_klienten() -> None:
    assert "<title>Start · Klientenportal</title>" in _home("Europe/Vienna", "de")
    assert "<title>Start · Mandantenportal</title>" in _home("Europe/Berlin", "de")


def test_whatever_we_say_of_mandanten_is_said_of_klienten_in_austria() -> None:
    german, austrian = lexicon_of("de"), lexicon_of("de-AT")
    assert austrian("options.chat.hidden.off") == "Klienten dürfen keine Chats beginnen"
    assert not [key for key in german.messages if "andant" in austrian.messages[key]]
    assert {*german.messages} == {*austrian.messages}


def test_the_swiss_write_no_sharp_s() -> None:
    swiss = lexicon_of("de-CH")
    assert not [key for key in swiss.messages if "ß" in swiss.messages[key]]
    assert swiss.messages["options.profile.blocks.welcome"] == "Begrüssung"


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Vienna", "AT"),
        ("Europe/Kyiv", "UA"),
        ("Asia/Kolkata", "IN"),
        ("GB", "GB"),
        ("UTC", ""),
        ("Etc/UTC", ""),
    ],
)
def test_a_firm_is_in_the_country_of_its_time_zone(zone: str, country: str) -> None:
    assert country_of(zone) == country
    assert region(_firm(zone)) == country


def test_a_language_is_written_in_a_country_as_its_people_do_or_as_the_world_does() -> None:
    assert written_in("pt", "BR") == "pt"
    assert written_in("pt", "PT") == "pt-PT"
    assert written_in("fr", "DE") == "fr"
    assert cldr_of("pt-PT").amount(Decimal("12486.50"), "EUR") == "12\xa0486,50\xa0€"
