"""What is held of a plan while it is gathered, written and read: a line of its head a firm, and no part."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.unit.views.test_comment import change, effect, firm, plan

from portalsync.catalog.guardrails import limits
from portalsync.files import write_file
from portalsync.model.apart import apart_of
from portalsync.model.firm_plan import FirmPlan
from portalsync.planning.guardrails import guarded
from portalsync.planning.parts import GatheredParts
from portalsync.planning.planfile import read_plan, write_plan

_MOST = 3_000
"""Bytes a firm, in the plan that is made and the one that is read: ids, digests of parts, the head's JSON."""


def parts(number: int) -> Iterator[FirmPlan]:
    """Each has texts of its own, which make far more than that. What firms share is one object."""
    shared = change()
    for each in range(number):
        own = change(f"https://own.example/{each:05}", source=f"firms/firm-{each:05}.yaml:3:5")
        said = effect(f"Firm {each} {'y' * 5000}")
        yield replace(firm(changes=(shared, own), effects=(effect(), said)), id=f"firm-{each:05}")


def peak_of(number: int, folder: Path) -> int:
    """Bytes, at most, between the first part and the last line that is read; not what is on the disk."""
    tracemalloc.start()
    try:
        with (folder / "made").open("w+b") as made, (folder / "read").open("w+b") as read:
            gathered = GatheredParts(made)
            for each in parts(number):
                gathered.take(apart_of(each))
            made_of = replace(plan(), firms=gathered, clients=412 * number)
            write_file(folder / "plan.json", write_plan(guarded(made_of, limits({}), ())))
            with (folder / "plan.json").open("rb") as file:
                assert len(read_plan(file, "plan.json", read).firms) == number
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_plan_of_more_firms_holds_little_more(tmp_path: Path) -> None:
    """Seen to fail when all lines were listed before the first was written."""
    peak_of(1, tmp_path)  # what is loaded once
    few, many = peak_of(50, tmp_path), peak_of(350, tmp_path)
    assert (many - few) / 300 < _MOST
