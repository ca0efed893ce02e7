"""The line that sums a plan up."""

from dataclasses import replace

import pytest
from tests.unit.views.test_json import everything

from portalsync.lexicon import lexicon_of
from portalsync.model.effect import EffectKind, Reach
from portalsync.model.news import news_of
from portalsync.model.page import Place, Surface
from portalsync.model.plan import HeldParts, Plan
from portalsync.views.wording.sums import sums


def plan_of(*kinds: EffectKind, firms: int = 1) -> Plan:
    """So many firms, in each of which one block after the other does this."""
    plan = everything()
    (firm,) = plan.firms
    effect = firm.effects[0].effect
    reaches = tuple(
        Reach(replace(effect, kind=kind, labels={"en": f"Block {number}"}), 40)
        for number, kind in enumerate(kinds)
    )
    parts = [replace(firm, id=f"firm-{number}", effects=reaches) for number in range(firms)]
    return replace(plan, firms=HeldParts(parts))


def summed(plan: Plan, locale: str = "en") -> str:
    return lexicon_of(locale).say(sums(len(plan.firms), news_of(plan.firms)))


A, D, C, M = EffectKind.APPEARS, EffectKind.DISAPPEARS, EffectKind.CHANGES, EffectKind.MOVES


@pytest.mark.parametrize(
    ("kinds", "firms", "english", "german"),
    [
        (
            (),
            1,
            "1 firm: no sample client sees a change.",
            "1 Kanzlei: kein Beispielmandant sieht eine Änderung.",
        ),
        ((A,), 1, "1 firm: 1 block comes.", "1 Kanzlei: 1 Baustein kommt hinzu."),
        ((D, D), 1, "1 firm: 2 blocks go.", "1 Kanzlei: 2 Bausteine fallen weg."),
        ((C, C), 1, "1 firm: 2 blocks read differently.", "1 Kanzlei: 2 Bausteine lauten anders."),
        (
            (A, A, D, C, M),
            1200,
            "1,200 firms: 2 blocks come, 1 goes, 1 reads differently, 1 moves.",
            (
                "1.200 Kanzleien: 2 Bausteine kommen hinzu, 1 fällt weg, 1 lautet anders, "
                "1 rückt an eine andere Stelle."
            ),
        ),
        (
            (M, M, C, C, D, D),
            2,
            "2 firms: 2 blocks go, 2 read differently, 2 move.",
            "2 Kanzleien: 2 Bausteine fallen weg, 2 lauten anders, 2 rücken an eine andere Stelle.",
        ),
    ],
)
def test_a_plan_in_one_line(kinds: tuple[EffectKind, ...], firms: int, english: str, german: str) -> None:
    plan = plan_of(*kinds, firms=firms)
    assert summed(plan) == english
    assert summed(plan, "de") == german


@pytest.mark.parametrize("kind", EffectKind)
def test_every_kind_of_effect_is_counted(kind: EffectKind) -> None:
    assert "1 block " in summed(plan_of(kind))


def test_a_block_counts_once_wherever_it_stands() -> None:
    plan = plan_of(A)
    (firm,) = plan.firms
    effect = firm.effects[0].effect
    places = [effect.place, *(Place(surface, effect.place.page) for surface in Surface), effect.place]
    reaches = tuple(Reach(replace(effect, place=place), 40) for place in places)
    plan = replace(plan, firms=HeldParts([replace(firm, effects=reaches)]))
    assert summed(plan) == "1 firm: 1 block comes."
