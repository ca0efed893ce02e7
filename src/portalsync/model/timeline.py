"""What pages do by themselves from now on, firm by firm, and what was forgotten there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Literal

from portalsync.model.annotations import VERSION_DOC, Count, Doc
from portalsync.model.effect import Reach


@dataclass(frozen=True, slots=True)
class TimedEntry:
    """An entry of a list that is on for a while."""

    path: Annotated[str, Doc("Its settings path.")]
    titles: Annotated[Mapping[str, str], Doc("What it is called, by language.")]
    source: Annotated[
        str,
        Doc("The line that says when it starts or ends, `file:line:column`; empty if no file does."),
    ]


@dataclass(frozen=True, slots=True)
class Gap:
    """One entry is over, and the next one is not on yet."""

    ended: TimedEntry
    successor: TimedEntry
    since: Annotated[str, Doc("The instant from which on neither is shown (ISO 8601, UTC).")]
    until: Annotated[str, Doc("The instant at which the next one starts.")]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two entries that clients read at once, and hardly anybody meant them to."""

    earlier: TimedEntry
    later: TimedEntry
    since: Annotated[
        str, Doc("The instant from which on both are shown (ISO 8601, UTC); empty if they always were.")
    ]
    until: Annotated[str, Doc("The instant at which one of them is over; empty if none ever is.")]


@dataclass(frozen=True, slots=True)
class Leftover:
    """An entry that has long been over."""

    entry: TimedEntry
    since: Annotated[str, Doc("The instant at which it was over (ISO 8601, UTC).")]


@dataclass(frozen=True, slots=True)
class FirmTimeline:
    """Of one firm. An effect's `since` is the instant at which it comes."""

    id: Annotated[str, Doc("The firm's id.")]
    name: Annotated[str, Doc("The firm's name.")]
    clients: Annotated[Count, Doc("Clients of the firm.")]
    time_zone: Annotated[str, Doc("The firm's time zone, in which moments are told.")]
    effects: Annotated[tuple[Reach, ...], Doc("What comes by itself.")]
    pending: Annotated[tuple[Reach, ...], Doc("What comes by itself once the files are applied.")]
    leaving: Annotated[
        tuple[Reach, ...], Doc("What comes by itself unless the files are applied before then.")
    ]
    gaps: tuple[Gap, ...]
    clashes: tuple[Clash, ...]
    leftovers: tuple[Leftover, ...]

    def within(self, days: int, at: datetime) -> "FirmTimeline":
        """With what comes by then alone, and all that was forgotten."""
        effects, pending, leaving = (
            tuple(each for each in some if (datetime.fromisoformat(each.effect.since) - at).days < days)
            for some in (self.effects, self.pending, self.leaving)
        )
        return replace(self, effects=effects, pending=pending, leaving=leaving)

    @property
    def coming(self) -> tuple[Reach, ...]:
        return (*self.effects, *self.pending, *self.leaving)

    @property
    def warnings(self) -> tuple[Gap | Clash | Leftover, ...]:
        return (*self.gaps, *self.clashes, *self.leftovers)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The coming changes of a firm or of the network, as its files have it on its portal."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[
        str, Doc("The environment of portalsync.yaml; empty if the files were looked at by themselves.")
    ]
    at: Annotated[str, Doc("The instant from which on (ISO 8601, UTC).")]
    firms: Annotated[tuple[FirmTimeline, ...], Doc("All that were looked at.")]
    unknown: Annotated[
        tuple[str, ...],
        Doc("Firms that the portal does not have, by id: nothing is told of them."),
    ] = ()

    days: Annotated[
        Count | None, Doc("Within how many days all comes that is told; null if it is all that comes.")
    ] = None

    def within(self, days: int) -> "Timeline":
        """With what comes within so many days alone."""
        at = datetime.fromisoformat(self.at)
        return replace(self, days=days, firms=tuple(firm.within(days, at) for firm in self.firms))
