"""How the firms of a network stand on their portal, firm by firm and group by group."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from portalsync.model.annotations import VERSION_DOC, Count, Doc


@dataclass(frozen=True, slots=True)
class LastApply:
    """When a plan was last applied."""

    at: Annotated[str, Doc("The instant (ISO 8601, UTC).")]
    actor: Annotated[str, Doc("Who applied it.")]


@dataclass(frozen=True, slots=True)
class FirmStatus:
    """One firm."""

    id: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("The firm's name, as far as it was read; else its id.")]
    groups: Annotated[tuple[str, ...], Doc("Its groups; none where no file names it.")]
    managed: Annotated[bool, Doc("Whether a plan was applied to it, and it was not released since.")]
    drifted: Annotated[Count, Doc("Settings that somebody changed by hand since, and the files know not.")]
    pending: Annotated[bool, Doc("Whether an apply would do something to it.")]
    changes: Annotated[Count, Doc("Settings that the apply would change.")]
    clients: Annotated[Count, Doc("How many clients would notice that at most.")]
    stopped: Annotated[bool, Doc("Whether something wrong keeps what its files say from being applied.")]
    last_apply: LastApply | None


@dataclass(frozen=True, slots=True)
class GroupStatus:
    """Some firms: how many of them are what."""

    group: Annotated[str, Doc("The group's id; empty for firms in none, and for all.")]
    firms: Count
    managed: Count
    unmanaged: Count
    drifted: Count
    pending: Count
    stopped: Count
    last_apply: Annotated[LastApply | None, Doc("The latest of them.")]


@dataclass(frozen=True, slots=True)
class Status:
    """A network at a glance. A firm in several groups counts in each."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[str, Doc("The environment of portalsync.yaml.")]
    portal: Annotated[str, Doc("The identity of the portal.")]
    at: Annotated[str, Doc("The instant for which it is said (ISO 8601, UTC).")]
    network: Annotated[GroupStatus, Doc("All firms, each once.")]
    groups: Annotated[tuple[GroupStatus, ...], Doc("By id; firms in none are last.")]
    firms: Annotated[tuple[FirmStatus, ...], Doc("By id.")]
