"""A review of a plan for many firms: whose pages it shows, and that it names all others."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.unit.preview.test_review import BASE, PERSONAS, case, planned

from portalsync.lexicon import lexicon_of
from portalsync.model.guardrails import Verdict
from portalsync.model.json_value import JSON
from portalsync.model.news import LEADS
from portalsync.model.plan import Plan
from portalsync.preview.looked_at import MOST_LOOKED_AT, MOST_WAYS, looked_at
from portalsync.preview.review import Review, review
from portalsync.preview.variants import FirmCase
from portalsync.views.review.file import review_html

FIRMS = [f"firm-{number:03}" for number in range(MOST_LOOKED_AT + 10)]
LAST = FIRMS[-1]
EN = lexicon_of("en")


def with_link(firm: str, host: str) -> Mapping[str, JSON]:
    return {
        "profile.name": f"Office of {firm}",
        "chat.clients_can_start": True,
        "profile.website": f"https://{host}.example/{firm}",
    }


def changed(firm: str) -> FirmCase:
    """A welcome of its own, and a link elsewhere; the last firm also loses what no other firm does."""
    after: dict[str, JSON] = {**BASE, **with_link(firm, "new"), "profile.welcome": {"en": f"At {firm}!"}}
    lost: dict[str, JSON] = {"chat.clients_can_start": False} if firm == LAST else {}
    return case({**BASE, **with_link(firm, "old")}, {**after, **lost}, firm)


CASES = {firm: changed(firm) for firm in FIRMS}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planned(*CASES.values())


def reviewed(plan: Plan, *, everything: bool = False) -> Review:
    looked = looked_at(plan, FIRMS, everything=everything)
    cases = [CASES[firm] for firm in sorted(looked.firms)]
    return review("Network", cases, PERSONAS, plan=plan, promises=(), left_out=looked.left_out)


def test_of_few_firms_all_are_looked_at(plan: Plan) -> None:
    looked = looked_at(plan, FIRMS[:MOST_LOOKED_AT])
    assert looked.firms == {*FIRMS[:MOST_LOOKED_AT]}
    assert not looked.left_out


def test_of_many_firms_those_are_looked_at_that_show_each_piece_of_news(plan: Plan) -> None:
    """The one firm that loses something is among them, though it comes last."""
    looked = looked_at(plan, FIRMS)
    assert LAST in looked.firms
    assert MOST_WAYS <= len(looked.firms) <= MOST_LOOKED_AT
    assert sorted([*looked.firms, *(firm.id for firm in looked.left_out)]) == FIRMS


def test_what_a_guardrail_objects_to_is_looked_at(plan: Plan) -> None:
    subject = FIRMS[17]
    asks = Verdict("takeover-removes", subject, 0, 3, (subject,))
    assert subject in looked_at(replace(plan, guardrails=(asks,)), FIRMS).firms
    assert subject not in looked_at(plan, FIRMS).firms


def test_everything_is_everything(plan: Plan) -> None:
    assert looked_at(plan, FIRMS, everything=True).firms == {*FIRMS}
    assert not reviewed(plan, everything=True).left_out


def test_every_firm_is_named_and_none_is_called_unseen(plan: Plan) -> None:
    """In the head those whose pages are left out; in the cards whoever has what they say."""
    found = reviewed(plan)
    html = review_html(found, EN).decode()
    head, _, rest = html.partition("</header>")
    assert all(f"Office of {firm.id}</bdi> <span" in head for firm in found.left_out)
    assert all(f"Office of {case.firm}<" in rest for case in found.cases)
    assert f"dates of {len(found.cases)} of the {len(FIRMS)} firms that change" in head
    assert not found.never_seen  # nobody looked at all of them


def test_what_firms_say_in_their_own_way_has_few_cards_that_name_the_others(plan: Plan) -> None:
    found = reviewed(plan)
    welcomes = [card for card in found.cards if card.effect.block == "profile.welcome"]
    named = [firm.id for card in welcomes for firm in (*card.version.firms, *card.others)]
    assert len(welcomes) == MOST_WAYS
    assert sorted(named) == FIRMS
    html = review_html(found, EN).decode()
    others = len(FIRMS) - MOST_WAYS
    assert f"and {others} more firms, each in its own way" in html


def test_each_link_that_leads_elsewhere_has_its_card(plan: Plan) -> None:
    """One of thirty may be the one that robs a client."""
    leads = [card for card in reviewed(plan).cards if card.verb == LEADS]
    assert sorted({firm.id for card in leads for firm in card.version.firms}) == FIRMS
    assert not any(card.others for card in leads)
