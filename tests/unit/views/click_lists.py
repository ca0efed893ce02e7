"""Plans of one change or many, and the click lists that are made of them."""

from collections.abc import Iterable
from pathlib import Path

from portalsync.catalog import FIELDS
from portalsync.catalog.option import Field
from portalsync.config.vendors import read_vendor
from portalsync.lexicon import lexicon_of
from portalsync.model.click_list import ClickList
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.firm_plan import Change, FirmPlan, Reason, Rename
from portalsync.model.plan import HeldParts, Plan
from portalsync.model.settings import Settings
from portalsync.views.click_list.listing import click_list

DIGEST = f"sha256:{'0' * 64}"
NEW = "announcements.items.closed"
EVERY_FIELD = [
    Edit(path.replace("*", "x"), after=field.examples[0])
    for path, field in FIELDS.items()
    if isinstance(field, Field)
]
"""Each that there is, set where nothing was."""


def inverse(edits: Iterable[Edit]) -> list[Edit]:
    return [Edit(edit.path, edit.after, edit.before) for edit in edits]


def part_of(edits: Iterable[Edit], firm: str = "oak", renames: tuple[Rename, ...] = ()) -> FirmPlan:
    changes = tuple(
        Change(edit, Reason.UNSET if edit.after is ABSENT else Reason.SET, f"firms/{firm}.yaml:{line}:5")
        for line, edit in enumerate(edits, start=1)
    )
    return FirmPlan(firm, firm.title(), 3, 40, changes, (), (), (), DIGEST, renames=renames)


def plan_of(*parts: FirmPlan) -> Plan:
    return Plan(
        environment="hand", portal="portal", options={}, config=DIGEST, commit="",
        at="2026-12-01T00:00:00+00:00", firms=HeldParts(parts), unchanged=(),
    )  # fmt: skip


def clicks_of(
    *parts: FirmPlan, vendor: str = "taxdome", locale: str = "en", live: Settings | None = None
) -> ClickList:
    known = read_vendor(Path("nowhere"), vendor)
    return click_list(plan_of(*parts), known, lexicon_of(locale), lambda _firm: live or {})
