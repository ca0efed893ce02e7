"""Headline, plan and card of one change name the same devices, and say how sure the number is."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.browser.conftest import FIRM
from tests.browser.reviews import case, plan_of, reviewed

from portalsync.catalog import OPTIONS
from portalsync.lexicon import Lexicon, lexicon_of
from portalsync.model.headlines import Headlines
from portalsync.model.json_value import JSON
from portalsync.model.news import news_of
from portalsync.model.page import MOBILE_HOME
from portalsync.views.review.telling import Telling
from portalsync.views.wording.plan import word_plan

CHANGES: Mapping[str, Mapping[str, JSON]] = {
    "prepayments": {"prepayments.enabled": False},
    "invoices": {"invoices.visible": False},
    "done_uploading": {"done_uploading.button": False, "done_uploading.dialog_checkbox": False},
    "appointments": {"appointments.enabled": False},
    "announcements": {"announcements.items.closed.title": {"de": "Im Januar wieder da"}},
    "chat": {"chat.clients_can_start": False},
    "organizers": {f"organizers.templates.{each}.self_service": False for each in ("return", "address")},
    "work_in_progress": {"work_in_progress.enabled": False},
}
LOCALES = pytest.mark.parametrize("locale", ["en", "de"])


def devices(text: str, lexicon: Lexicon) -> set[str]:
    """Those that a sentence names, whether it begins with them or not."""
    return {name for name in ("web", "mobile") if lexicon(f"places.{name}").lower() in text.lower()}


def test_every_option_that_clients_see_is_changed_here() -> None:
    assert {*CHANGES} == {option.key for option in OPTIONS if option.blocks}


@LOCALES
@pytest.mark.parametrize("option", CHANGES)
def test_headlines_plan_and_cards_name_the_same_devices(option: str, locale: str) -> None:
    """Seen to fail: "on the web", of a button that clients lose on the phone too."""
    lexicon = lexicon_of(locale)
    changed = case("lindenhof", FIRM, {**FIRM, **CHANGES[option]})
    review, report = reviewed(changed), word_plan(plan_of(changed), lexicon)
    telling = Telling(review, lexicon)
    verdict = [lexicon.say(item.text) for item in report.verdict]
    plan = [lexicon.say(item.text) for item in next(iter(report.sections)).items]
    assert review.cards
    for card, headline in zip(review.cards, telling.verdict(), strict=True):
        surfaces = {place.surface for place in card.version.places}
        label = telling.label(card.effect.labels)
        assert devices(headline.text, lexicon) == surfaces
        assert devices(telling.places(card), lexicon) == surfaces
        assert surfaces in [devices(text, lexicon) for text in plan if label in text]
        assert surfaces in [devices(text, lexicon) for text in verdict if label in text]


def test_a_number_that_is_not_the_same_on_both_devices_is_the_most_that_it_can_be() -> None:
    """Seen to fail: "42 clients", of whom on the phone only 30 had the block."""
    changed = case("lindenhof", FIRM, {**FIRM, "done_uploading.button": False})
    (part,) = plan_of(changed).firms
    fewer = tuple(
        replace(each, clients=30) if each.effect.place == MOBILE_HOME else each for each in part.effects
    )
    for effects, at_most in ((part.effects, False), (fewer, True)):
        headlines = Headlines()
        headlines.take(replace(part, effects=effects))
        (headline,) = headlines.ranked()
        (news,) = news_of([replace(part, effects=effects)])
        assert (headline.clients, headline.at_most) == (news.clients, news.at_most) == (42, at_most)
