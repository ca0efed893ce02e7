"""A thousand trails that somebody tampered with: each is found, and what was done is named, and where."""

from collections.abc import Callable, Sequence
from random import Random

import pytest

from portalsync.model.json_value import JSONObject
from portalsync.model.trail import flaws_against, flaws_in, seal_of
from portalsync.model.verification import Flaw, FlawAt

Trail = list[JSONObject]
Tampering = Callable[[Trail, int, Random], FlawAt]
LATER = 2
"""Rows that the trail had not when it was kept."""


def trail(length: int, firm: str = "oak") -> Trail:
    """As a portal keeps it."""
    rows: Trail = []
    for number in range(1, length + 1):
        rows.append({
            "firm": firm, "seq": number, "at": f"2026-11-12T09:00:{number:02}.000+00:00", "actor": "ci",
            "origin": "plan", "generation": number, "plan": f"sha256:{number}", "writes": f"sha256:w{number}",
            "acknowledged": [], "of_its_own": {"shard": 3},
        })  # fmt: skip
    return sealed(rows)


def sealed(rows: Sequence[JSONObject]) -> Trail:
    """Numbered and sealed anew, from the first row to the last."""
    result: Trail = []
    for number, row in enumerate(rows, 1):
        plain = {**row, "seq": number, "previous": result[-1]["hash"] if result else ""}
        plain.pop("hash", None)
        result.append({**plain, "hash": seal_of(plain)})
    return result


def edited(rows: Trail, index: int, chance: Random) -> FlawAt:
    key = chance.choice(["at", "actor", "origin", "plan", "writes", "acknowledged", "of_its_own"])
    rows[index] = {**rows[index], key: "another"}
    return FlawAt(index + 1, Flaw.REPLACED)


def deleted(rows: Trail, index: int, _chance: Random) -> FlawAt:
    del rows[index]
    return FlawAt(index + 1, Flaw.MISSING)


def reordered(rows: Trail, index: int, chance: Random) -> FlawAt:
    other = chance.choice([each for each in range(len(rows) - LATER) if each != index])
    rows[index], rows[other] = rows[other], rows[index]
    return FlawAt(index + 1, Flaw.ORDER)


def truncated(rows: Trail, index: int, _chance: Random) -> FlawAt:
    del rows[index:]
    return FlawAt(index + 1, Flaw.TRUNCATED)


def added(rows: Trail, index: int, _chance: Random) -> FlawAt:
    rows.insert(index, {**rows[index], "actor": "nobody", "at": "2026-11-12T08:59:00.000+00:00"})
    return FlawAt(index + 1, Flaw.ADDED)


TAMPERINGS: Sequence[Tampering] = (edited, deleted, reordered, truncated, added)


def test_a_thousand_trails_that_were_tampered_with() -> None:
    """Whoever did it seals all rows anew: then the trail holds by itself. Its copy names what was done and at
    which row; its last row alone still tells that something was.

    Seen to fail when only seals were looked at, and when what a row says was not.
    """
    chance = Random(12)  # noqa: S311 - the same each time
    for number in range(1000):
        honest = trail(chance.randint(2, 9))
        anchor, later = honest, trail(len(honest) + LATER)
        rows, tampering = [*later], TAMPERINGS[number % len(TAMPERINGS)]
        due = tampering(rows, chance.randrange(len(honest) - (tampering is deleted)), chance)
        rows = sealed(rows)
        assert [*flaws_in(rows)] == []
        found = [*flaws_against(rows, anchor)]
        assert due in found, (tampering, due, found)
        assert len(found) <= 2, (tampering, due, found)
        assert [*flaws_against(rows, anchor[-1:])], (tampering, due)


@pytest.mark.parametrize(
    ("tampering", "flaw"),
    [
        (edited, FlawAt(3, Flaw.CHANGED)),
        (deleted, FlawAt(3, Flaw.MISSING)),
        (reordered, FlawAt(3, Flaw.ORDER)),
        (added, FlawAt(3, Flaw.ORDER)),
    ],
)
def test_who_does_not_seal_anew_is_told_by_the_trail_alone(tampering: Tampering, flaw: FlawAt) -> None:
    for seed in range(20):
        rows = trail(6)
        tampering(rows, 2, Random(seed))  # noqa: S311 - the same each time
        flaws = [*flaws_in(rows)]
        assert flaw in flaws or (tampering is reordered and flaws), flaws


@pytest.mark.parametrize("length", [1, 2, 7])
def test_an_honest_trail_holds_however_it_goes_on(length: int) -> None:
    now = trail(9)
    for kept in (trail(length), trail(length)[-1:], [], [trail(length)[0], now[8]]):
        assert [*flaws_against(now, kept)] == []
    assert [*flaws_in(now)] == []


def test_the_last_row_tells_in_which_way_it_moved() -> None:
    now = trail(5)
    gone, come = sealed([*now[:1], *now[2:]]), sealed([now[0], {**now[0], "at": "x"}, *now[1:]])
    assert [*flaws_against(gone, now[-1:])] == [FlawAt(5, Flaw.MISSING)]
    assert [*flaws_against(come, now[-1:])] == [FlawAt(5, Flaw.ADDED)]
    assert [*flaws_against(now[:3], now[-1:])] == [FlawAt(5, Flaw.TRUNCATED)]
    assert [*flaws_against(sealed([{**now[0], "actor": "x"}, *now[1:]]), now[-1:])] == [
        FlawAt(5, Flaw.REWRITTEN)
    ]
    assert [*flaws_against([], now)] == [FlawAt(1, Flaw.TRUNCATED)]


def test_another_firm_that_says_the_same_is_another() -> None:
    assert next(flaws_against(trail(3, "elm"), trail(3))) == FlawAt(1, Flaw.REPLACED)
