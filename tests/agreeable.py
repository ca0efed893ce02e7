"""A portal that says yes to everything, and an apply of so many firms to it: what is left is our own work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from portalsync.apply.fresh import check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.protocol import Backend
from portalsync.catalog.guardrails import limits
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Committed, Conditional
from portalsync.model.apart import apart_of
from portalsync.model.edit import Edit
from portalsync.model.firm_plan import Change, FirmPlan, Reason
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import Plan
from portalsync.planning.guardrails import guarded
from portalsync.planning.parts import GatheredParts
from portalsync.planning.planfile import read_plan, write_plan
from portalsync.wire import FirmState, FirmSummary, PortalInfo

_DIGEST = f"sha256:{0:064}"
_PATH = "chat.clients_can_start"
_CHANGE = Change(Edit(_PATH, before=True, after=False), Reason.SET, "defaults.yaml:4:5")


@dataclass(frozen=True)
class Agreeable:
    """As much of a portal as an apply asks for."""

    firm_ids: Sequence[str]

    def portal(self) -> PortalInfo:
        return PortalInfo("portal", vocabulary())

    def firms(self) -> Iterator[FirmSummary]:
        return (FirmSummary(firm, 1, _DIGEST, managed=True, audit="") for firm in self.firm_ids)

    def summaries(self, firms: Sequence[str]) -> list[FirmSummary]:
        return [FirmSummary(firm, 2, _DIGEST, managed=True, audit="") for firm in firms]

    def state(self, firm: str) -> FirmState:
        return FirmState(firm, 2, _DIGEST, {}, (), 2, "")

    def commit(self, commits: Sequence[Conditional]) -> list[Committed]:
        return [Committed(each.firm, each.generation, each.generation + 1, _DIGEST) for each in commits]


def applying(firms: int) -> None:
    """A saved plan of one change in each firm is read, checked and sent."""
    ids = [f"firm-{number:06}" for number in range(firms)]
    saved = b"".join(write_plan(_plan(ids)))
    portal = cast("Backend", Agreeable(ids))
    fresh = check_fresh(read_plan(BytesIO(saved), "plan.json", BytesIO()), portal)
    receipt = apply_plan(fresh, portal, "benchmark")
    assert len(receipt.firms) == firms


def _plan(ids: Sequence[str]) -> Plan:
    parts = GatheredParts(BytesIO())
    for firm in ids:
        parts.take(apart_of(_part(firm)))
    plan = Plan(
        environment="production",
        portal="portal",
        options={"chat": vocabulary()["chat"]},
        config=_DIGEST,
        commit="",
        at="2026-12-01T09:00:00+00:00",
        unchanged=(),
        clients=0,
        firms=parts,
    )
    accepted = [Acknowledgement("changed-firms", str(len(ids)))]
    return guarded(plan, limits({}), accepted)


def _part(firm: str) -> FirmPlan:
    return FirmPlan(firm, firm, 1, 0, (_CHANGE,), (), (_PATH,), (_PATH,), _DIGEST)
