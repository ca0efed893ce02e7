"""What a plan does to one firm: what changes, why, and what clients will notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from portalsync.model.annotations import Count, Digest, Doc, Omitted
from portalsync.model.edit import Edit
from portalsync.model.effect import Reach
from portalsync.model.finding import BrokenPromise, PlanFinding
from portalsync.model.json_value import JSON
from portalsync.model.settings import options_of


class Reason(StrEnum):
    SET = "set"
    """A layer sets it, and the portal has another value or none."""
    UNSET = "unset"
    """A layer says that it is not to be set, and the portal has a value."""
    REMOVED = "removed"
    """The list is the whole truth, and no layer names the entry any more."""
    DRIFT = "drift"
    """It was changed in the portal since the last apply; the plan sets it as the files say."""
    BACK = "back"
    """It was so in the generation that a rollback leads back to."""


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A change that somebody made in the portal itself."""

    at: Annotated[str, Doc("An instant (ISO 8601, UTC).")]
    actor: str


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that the plan makes: why, which line says so, and what of others it undoes."""

    edit: Edit
    reason: Reason
    source: Annotated[str, Doc("The line that says so, `file:line:column`; empty if none does.")]
    undoes: HandEdit | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """An entry of a list that has another id from now on: edits take it away under the one and make it under
    the other, and no client can tell the two.
    """

    was: Annotated[str, Doc("The settings path of the entry, before.")]
    now: Annotated[str, Doc("The same, afterwards.")]


@dataclass(frozen=True, slots=True)
class FirmPlan:
    """What happens to one firm. It holds only if the portal is still at `generation`, with `audit` as the
    head of its trail. The inverse of its edits and `managed_before` lead back; `affected`, `new_hosts`,
    `emptied` and `broken` are what guardrails judge by.
    """

    id: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("The firm's name.")]
    generation: Annotated[Count, Doc("The portal's version number of the firm that it was made for.")]
    clients: Annotated[Count, Doc("Clients of the firm.")]
    changes: tuple[Change, ...]
    effects: tuple[Reach, ...]
    managed: Annotated[
        tuple[str, ...],
        Doc("Settings paths that portalsync manages afterwards; `path.*` is a list that is the whole truth."),
    ]
    managed_before: Annotated[tuple[str, ...], Doc("The same, before.")]
    digest_after: Annotated[Digest, Doc("Of what is managed once this is committed: read back and compared.")]
    pages: Annotated[
        str, Doc("The digest of the pages that it promises at the plan's instant; empty if none changes.")
    ] = ""
    time_zone: Annotated[str, Doc("The firm's time zone, in which moments are told.")] = "UTC"
    affected: Annotated[Count, Doc("How many clients its effects reach at most, each client once.")] = 0
    new_hosts: Annotated[
        tuple[str, ...], Doc("Hosts that its links lead to afterwards, and none of them before.")
    ] = ()
    emptied: Annotated[
        Count, Doc("Sample clients for whom nothing of the firm's own is left on a home page.")
    ] = 0
    audit: Annotated[str, Doc("The head of the firm's audit trail that it was made for.")] = ""
    warnings: Annotated[
        tuple[PlanFinding, ...],
        Omitted(),
        Doc("What is to be said about its settings afterwards, and holds nothing up."),
    ] = ()
    broken: Annotated[
        tuple[BrokenPromise, ...],
        Omitted(),
        Doc("Promises to personas that are broken afterwards, and were not before."),
    ] = ()
    stays: Annotated[
        Mapping[str, JSON],
        Omitted(),
        Doc("What portalsync manages no more and the portal keeps: values by their settings paths."),
    ] = field(default_factory=dict)
    renames: Annotated[
        tuple[Rename, ...],
        Omitted(),
        Doc("Entries of lists that only have another id."),
    ] = ()
    unseen_instants: Annotated[
        Count,
        Omitted(),
        Doc("Coming instants at which its pages change by themselves, too many to be looked at."),
    ] = 0

    narrowed: Annotated[
        bool,
        Omitted(),
        Doc("Whether it undoes some changes by hand only: others stay, and go on being drift."),
    ] = False
    back_to: Annotated[
        Count,
        Omitted(),
        Doc("The generation that it leads back to, if it is a rollback; no file says what it changes."),
    ] = 0

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(change.edit for change in self.changes)

    @property
    def options(self) -> set[str]:
        """The options that it edits or claims."""
        return options_of((*(edit.path for edit in self.edits), *self.managed))

    @property
    def adopts(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.managed) - set(self.managed_before)))

    @property
    def releases(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.managed_before) - set(self.managed)))
