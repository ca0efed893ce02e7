"""A plan as data: the parts of its firms, and the head that names them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Annotated, Any, Literal, Protocol

from portalsync.model.annotations import VERSION_DOC, Count, Digest, Doc, Omitted
from portalsync.model.apart import BodyOf, Naming, apart_of
from portalsync.model.canonical import digest
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.finding import Stopped
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.guardrails import Limits, Verdict, acknowledged_in
from portalsync.model.vanished import Vanished
from portalsync.model.watch import Items

FORMAT_VERSION: Literal[2] = 2
"""Of a plan as one JSON document."""
FILE_VERSION = 3
"""Of plan files."""


@dataclass(frozen=True, slots=True)
class PartDigest:
    """Which part a plan has for a firm."""

    id: str
    part: str


class Parts(Items[FirmPlan], Protocol):
    """The parts of a plan, sorted by firm. Every loop over them may read them anew."""

    @property
    def digests(self) -> tuple[PartDigest, ...]: ...

    def without_effects(self) -> Iterator[FirmPlan]:
        """The same, without what clients notice: more than half of the work on a part, and nobody needs it to
        judge or to send one.
        """
        ...

    def without_changes(self) -> Iterator[FirmPlan]:
        """The same, without changes and without what clients notice: all that has to be held against a
        portal.
        """
        ...

    def apart(self) -> Iterator[tuple[Naming, BodyOf]]:
        """The same taken apart (`model/apart.py`)."""
        ...


class HeldParts(tuple[FirmPlan, ...]):
    """Parts in memory."""

    __slots__ = ()

    @property
    def digests(self) -> tuple[PartDigest, ...]:
        return tuple(PartDigest(firm.id, part_digest(firm)) for firm in self)

    def without_effects(self) -> Iterator[FirmPlan]:
        return iter(self)

    def without_changes(self) -> Iterator[FirmPlan]:
        return iter(self)

    def apart(self) -> Iterator[tuple[Naming, BodyOf]]:
        return map(_apart, self)


def _apart(firm: FirmPlan) -> tuple[Naming, BodyOf]:
    apart = apart_of(firm)
    return json.loads(apart.naming), lambda name: json.loads(apart.bodies[name])


def part_digest(firm: FirmPlan) -> str:
    """The digest of a part: over what stands in it alone, and the digests of what firms may share."""
    return apart_of(firm).digest


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a plan says besides its parts."""

    format_version: Annotated[Literal[2], VERSION_DOC] = field(default=FORMAT_VERSION, init=False)
    environment: Annotated[str, Doc("The environment of portalsync.yaml that it was made for.")]
    portal: Annotated[str, Doc("The identity of the portal.")]
    options: Annotated[
        Mapping[str, Digest],
        Doc(
            "The digest of each option that it edits or claims, as portal and portalsync know it, by its key."
        ),
    ]
    config: Annotated[Digest, Doc("The digest of all files that it was made from.")]
    commit: Annotated[
        str, Doc("The commit of the configuration; empty outside git or with uncommitted changes.")
    ]
    at: Annotated[str, Doc("The instant that it was made for (ISO 8601, UTC).")]
    unchanged: Annotated[tuple[str, ...], Doc("Firms whose portal is as the files say, by id.")]
    unmanaged: Annotated[tuple[str, ...], Doc("Firms of the portal that no file names.")] = ()
    stopped: Annotated[
        tuple[Stopped, ...],
        Omitted(),
        Doc("Findings that leave firms without a part: nothing happens to them, whatever their files say."),
    ] = ()
    clients: Annotated[Count, Doc("Clients of all firms that change.")] = 0
    left_out: Annotated[
        Count, Doc("Firms that the plan is not about, because it was made for some only.")
    ] = 0
    limits: Annotated[
        Limits, Doc("What passed without asking: `guardrails` of portalsync.yaml, or the defaults.")
    ] = field(default_factory=dict)
    guardrails: Annotated[
        tuple[Verdict, ...],
        Doc("What guardrails object to. While one of them is not acknowledged, the plan cannot be applied."),
    ] = ()
    epoch: Annotated[
        str | Absent, Doc("What the portal was in after a backup was restored; missing if none ever was.")
    ] = ABSENT


@dataclass(frozen=True, kw_only=True)
class Head(Frame):
    """A plan that names its parts by their digests. The plan's own digest is over this."""

    firms: tuple[PartDigest, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Plan(Frame):
    """A reviewed plan is applied as it is, or not at all."""

    firms: Parts
    vanished: tuple[Vanished, ...] = ()
    """What the portal has no more, as it was seen when the plan was made. No part of what is reviewed, nor of
    a file: it changes whatever a plan does.
    """

    @classmethod
    def of(cls, head: Head, firms: Parts) -> "Plan":
        return cls(**_framed(head), firms=firms)

    def __eq__(self, other: object) -> bool:
        """The head names each part by its digest: equal heads are equal plans."""
        return isinstance(other, Plan) and self.head == other.head

    __hash__ = None  # type: ignore[assignment] # equal by value

    @property
    def is_empty(self) -> bool:
        return not len(self.firms)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happens to any firm, and nothing is wrong with one."""
        return self.is_empty and not self.stopped

    @property
    def considered(self) -> int:
        """How many firms it is about."""
        return len(self.firms) + len(self.unchanged) + len(self.stopped_firms)

    @property
    def stopped_firms(self) -> tuple[str, ...]:
        """Those that have no part because something is wrong with them, by id."""
        return tuple(sorted({firm for each in self.stopped for firm in each.firms}))

    @property
    def network_size(self) -> int:
        """How many firms there are."""
        return self.considered + self.left_out

    @property
    def blocking(self) -> tuple[Verdict, ...]:
        """What keeps it from being applied."""
        return tuple(verdict for verdict in self.guardrails if verdict.blocks)

    @property
    def head(self) -> Head:
        return Head(**_framed(self), firms=self.firms.digests)

    @cached_property
    def acknowledged(self) -> Mapping[str, tuple[str, ...]]:
        """What was accepted, by the firms that it concerns."""
        return acknowledged_in(self.guardrails)

    @cached_property
    def digest(self) -> str:
        """Over the first line of its file, but for the digest itself."""
        return digest({**encode(self.head), "format_version": FILE_VERSION})


def _framed(frame: Frame) -> dict[str, Any]:
    return {each.name: getattr(frame, each.name) for each in fields(Frame) if each.init}
