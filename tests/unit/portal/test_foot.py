"""The foot of every page: who is answerable for it, and what becomes of clients' data."""

import re
from datetime import UTC, datetime

import pytest

from portalsync.catalog.profile import PROFILE
from portalsync.lexicon import LOCALES
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import PLACES, Composition, Place, Situation, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose
from portalsync.portal.links import page_file
from portalsync.portal.render import render

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
FACTS = facts_from_json({"currency": "EUR"})
CLIENT = persona_from_json({"id": "ada", "title": {"en": "Ada"}, "client": "Ada", "locale": "en"})
BOTH: dict[str, JSON] = {
    "profile.locales": ["de", "en"],
    "profile.imprint": {"de": "https://www.example.com/impressum", "en": "https://www.example.com/imprint"},
    "profile.privacy": {"de": "https://www.example.com/datenschutz"},
}


def situation(settings: dict[str, JSON]) -> Situation:
    return situation_of("oak", settings, FACTS, AT)


def page(place: Place, locale: str, settings: dict[str, JSON]) -> Composition:
    return compose(situation(settings), CLIENT, place, locale)


def foot(html: str) -> list[tuple[str, str]]:
    """Its links: where they lead, and what they are called."""
    (inside,) = re.findall(r"<footer[^>]*>(.*?)</footer>", html, re.DOTALL)
    return re.findall(r'<a href="([^"]*)" rel="noopener noreferrer">(.*?)</a>', inside)


@pytest.mark.parametrize("place", PLACES, ids=page_file)
def test_every_page_ends_with_both_in_its_language_or_the_firms_first(place: Place) -> None:
    english, german = (foot(render(page(place, locale, BOTH))) for locale in ("en", "de"))
    assert english == [
        ("https://www.example.com/imprint", "Imprint"),
        ("https://www.example.com/datenschutz", "Privacy"),
    ]
    assert german == [
        ("https://www.example.com/impressum", "Impressum"),
        ("https://www.example.com/datenschutz", "Datenschutz"),
    ]


@pytest.mark.parametrize("place", PLACES, ids=page_file)
def test_without_either_there_is_no_foot_and_it_is_said_why(place: Place) -> None:
    for locale in LOCALES:
        bare = page(place, locale, {})
        (legal,) = (block for block in bare.blocks if block.key == "profile.legal")
        assert legal.reason == "options.profile.hidden.no_links"
        assert "<footer" not in render(bare)


def test_an_address_that_no_field_would_take_is_no_link() -> None:
    spoilt: dict[str, JSON] = {**BOTH, "profile.imprint": {"en": "javascript:alert(1)"}}
    assert [name for _, name in foot(render(page(PLACES[0], "en", spoilt)))] == ["Privacy"]


def missing(settings: dict[str, JSON]) -> list[str]:
    """Which of them a warning names, if there is one."""
    named = {"profile.name": "Oak", **settings}
    rule = next(each for each in PROFILE.rules if each.code == "legal-links-missing")
    return [str(dict(each.values)["fields"]) for each in rule.check(situation(named))]


@pytest.mark.parametrize("city", ["Vienna", "Berlin", "Dublin", "London", "Zurich", "Vaduz", "Oslo"])
def test_a_european_firm_is_asked_for_both(city: str) -> None:
    zone: dict[str, JSON] = {"profile.time_zone": f"Europe/{city}"}
    assert missing(zone) == ["imprint, privacy"]
    assert missing({**zone, "profile.imprint": {"de": "https://example.com/i"}}) == ["privacy"]
    assert missing({**zone, **BOTH}) == []


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Europe/Istanbul", "Asia/Tokyo"])
def test_firms_elsewhere_are_not(zone: str) -> None:
    assert missing({"profile.time_zone": zone}) == []
