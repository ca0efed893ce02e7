"""What is held of a plan while it is told: little of each firm, however much it says in its own way."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.views.test_comment import change, effect, firm, plan

from portalsync.lexicon import lexicon_of
from portalsync.model.apart import apart_of
from portalsync.model.effect import Reading
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.page import MOBILE_HOME, WEB_HOME
from portalsync.model.plan import Plan
from portalsync.planning.parts import GatheredParts
from portalsync.views.comment import plan_comment
from portalsync.views.text_report import text_pieces
from portalsync.views.wording.plan import word_plan

_SUMMARY = 4_000
"""Bytes a firm: its name, and the digest of what it says in its own way, twice 5,000 letters."""
_TOLD = 20_000
"""Bytes a firm: those letters once more, and nothing of what is laid out of them."""

_ENGLISH = lexicon_of("en")


def growth(telling: Callable[[Plan], object], spool: Path) -> float:
    """Bytes a firm at most, while a plan is told whose parts are on the disk."""
    peak(telling, spool, 1)  # what is loaded once
    return (peak(telling, spool, 350) - peak(telling, spool, 50)) / 300


def peak(telling: Callable[[Plan], object], spool: Path, number: int) -> int:
    """What is held of the parts' digests counts too."""
    with spool.open("w+b") as file:
        tracemalloc.start()
        try:
            gathered = GatheredParts(file)
            for each in range(number):
                gathered.take(apart_of(part(each)))
            telling(replace(plan(), firms=gathered))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def part(number: int) -> FirmPlan:
    """Of its own are an announcement at two places, with its title, and a setting."""
    text = {"en": (Reading("markdown", "", f"{number} {'y' * 5000}"),)}
    own = (effect(f"News of {number}", readings=text, place=place) for place in (MOBILE_HOME, WEB_HOME))
    changed = change(f"https://own.example/{number}/{'y' * 5000}", source=f"firms/firm-{number:05}.yaml:3:5")
    return replace(firm(changes=(change(), changed), effects=(effect(), *own)), id=f"firm-{number:05}")


@pytest.fixture(autouse=True)
def _little_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else what few firms say is remembered whole."""
    monkeypatch.setattr("portalsync.model.remembered._KEPT", 50)


def test_a_summary_holds_nothing_of_what_firms_say(tmp_path: Path) -> None:
    """Seen to fail when the news kept the effects that say so."""
    assert growth(lambda told: word_plan(told, _ENGLISH, summary=True), tmp_path / "parts") < _SUMMARY


def test_what_is_laid_out_is_not_held(tmp_path: Path) -> None:
    """Seen to fail when the sections of the report were a tuple."""

    def shown(told: Plan) -> int:
        return sum(map(len, text_pieces(word_plan(told, _ENGLISH), _ENGLISH, color=False, width=100)))

    assert growth(shown, tmp_path / "parts") < _TOLD
    assert growth(lambda told: plan_comment(told, _ENGLISH), tmp_path / "parts") < _TOLD
