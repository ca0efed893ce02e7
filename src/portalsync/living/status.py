"""What a plan, drift and a portal's history say of firms, put together by group."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from portalsync.living.drift import Drift
from portalsync.model.plan import Plan
from portalsync.model.status import FirmStatus, GroupStatus, LastApply, Status
from portalsync.wire import HistoryEntry, Origin

NO_GROUP = ""


def last_apply(history: Iterable[HistoryEntry]) -> LastApply | None:
    """Of a history, newest first; None where no plan is among what it tells."""
    applied = (entry for entry in history if entry.origin is Origin.PLAN)
    return next((LastApply(entry.at, entry.actor) for entry in applied), None)


def status_of(
    plan: Plan,
    drift: Drift,
    memberships: Mapping[str, Collection[str]],
    managed: Collection[str],
    applied: Mapping[str, LastApply | None],
) -> Status:
    """`memberships` are the firms of the files with their groups, `managed` those of the portal that are
    managed, and `applied` has the last apply of each.
    """
    firms = tuple(_firms(plan, drift, memberships, managed, applied))
    return Status(
        environment=plan.environment,
        portal=plan.portal,
        at=plan.at,
        network=_summed(NO_GROUP, firms),
        groups=tuple(_summed(group, some) for group, some in _by_group(firms)),
        firms=firms,
    )


def _firms(
    plan: Plan,
    drift: Drift,
    memberships: Mapping[str, Collection[str]],
    managed: Collection[str],
    applied: Mapping[str, LastApply | None],
) -> Iterator[FirmStatus]:
    drifted = {firm.id: firm for firm in drift.firms}
    parts = {part.id: (part.name, len(part.changes), part.affected) for part in plan.firms.without_effects()}
    stopped, among = {*plan.stopped_firms}, {*managed}
    for firm in sorted({*parts, *plan.unchanged, *stopped, *plan.unmanaged}):
        found = drifted.get(firm)
        name, changes, clients = parts.get(firm, (found.name if found else firm, 0, 0))
        yield FirmStatus(
            id=firm,
            name=name,
            groups=tuple(memberships.get(firm, ())),
            managed=firm in among,
            drifted=len(found.changes) if found else 0,
            pending=firm in parts,
            changes=changes,
            clients=clients,
            stopped=firm in stopped,
            last_apply=applied.get(firm),
        )


def _by_group(firms: Iterable[FirmStatus]) -> Iterator[tuple[str, Sequence[FirmStatus]]]:
    found: dict[str, list[FirmStatus]] = {}
    for firm in firms:
        for group in firm.groups or (NO_GROUP,):
            found.setdefault(group, []).append(firm)
    for group in sorted(found, key=lambda each: (each == NO_GROUP, each)):
        yield group, found[group]


def _summed(group: str, firms: Sequence[FirmStatus]) -> GroupStatus:
    applied = [each.last_apply for each in firms if each.last_apply]
    return GroupStatus(
        group=group,
        firms=len(firms),
        managed=sum(each.managed for each in firms),
        unmanaged=sum(not each.managed for each in firms),
        drifted=sum(each.drifted > 0 for each in firms),
        pending=sum(each.pending for each in firms),
        stopped=sum(each.stopped for each in firms),
        last_apply=max(applied, key=attrgetter("at"), default=None),
    )
