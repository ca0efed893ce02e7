"""What a portal says of itself, its firms and their past: JSON bodies of the contract `/v1`. `json_bodies`
reads them, and those of `commits.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from portalsync.model.annotations import AtLeast, AtMost, Instant, OneLine
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.json_value import JSON
from portalsync.model.trail import seal_of

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request."""
MOST_IN_PAGE = 500
MOST_TOGETHER = 50
"""Firms in one question: their ids stand in its address."""
USUAL_HISTORY = 100
LONGEST_LINE = 200
"""Characters of an actor's name, and of what a commit calls its plan."""
HIGHEST_GENERATION = 2**31 - 1

Generation: TypeAlias = Annotated[int, AtLeast(1), AtMost(HIGHEST_GENERATION)]
ShortLine: TypeAlias = Annotated[str, OneLine(LONGEST_LINE)]
"""What a portal says in a few characters: an id, a digest, a name."""


class Origin(StrEnum):
    """How a generation came about."""

    SEED = "seed"
    PLAN = "plan"
    PORTAL = "portal"
    """Somebody changed a setting by hand, in the portal itself."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """What a portal's history goes on in since it was set back to a backup, at an ISO instant."""

    id: ShortLine
    since: Annotated[str, Instant()]


@dataclass(frozen=True, slots=True)
class PortalInfo:
    """Who answers. `portal` is the portal's identity (a UUID), `options` has the digest of each option that
    it knows, by its key (see catalog/vocabulary.py). It has no `epoch` until it is restored.
    """

    api: Literal["v1"] = field(default="v1", init=False)
    portal: ShortLine
    options: Mapping[str, ShortLine]
    epoch: Epoch | Absent = ABSENT

    @property
    def epoch_id(self) -> str | Absent:
        """What plans name of it."""
        return ABSENT if self.epoch is ABSENT else self.epoch.id


@dataclass(frozen=True, slots=True)
class FirmSummary:
    """`digest` covers what portalsync manages, from the live values at the time of reading. `audit` is the
    head of the firm's audit trail, the hash of its last row; empty from a portal that keeps none.
    """

    id: ShortLine
    generation: Generation
    digest: ShortLine
    managed: bool
    audit: ShortLine = ""


@dataclass(frozen=True, slots=True)
class FirmsPage:
    """Some of the firms, by id. `next` is the last id where there are more."""

    firms: tuple[FirmSummary, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Digests:
    """Those of the firms asked for that there are, by id: as in the list, but made from what is there now."""

    firms: tuple[FirmSummary, ...]


@dataclass(frozen=True, slots=True)
class FirmState:
    """One generation of a firm. `managed` are the claims that portalsync last committed:
    paths of fields, and `path.*` of whole lists. `applied` is the last generation that a plan made, `audit`
    the hash of the last row that the audit trail had then, `plan` what the plan is called that made this one.
    """

    id: ShortLine
    generation: Generation
    digest: ShortLine
    settings: Mapping[str, JSON]
    managed: tuple[ShortLine, ...]
    applied: Generation | None = None
    audit: ShortLine = ""
    plan: ShortLine = ""


@dataclass(frozen=True, slots=True)
class States:
    """Firms by id, each with its state and, under `facts`, its facts of the same moment."""

    firms: tuple[Mapping[str, JSON], ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """How one generation came about. `at` is an ISO instant in UTC."""

    generation: Generation
    at: Annotated[str, Instant()]
    origin: Origin
    actor: ShortLine
    plan: ShortLine
    writes: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Newest first."""

    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of a firm's audit trail: `seq` is its number, `writes` the digest of what was written, `hash`
    the one of the row without it. Rows from before there were guardrails have no `acknowledged`.
    """

    firm: str
    seq: int
    at: str
    actor: str
    origin: str
    generation: int
    plan: str
    writes: str
    acknowledged: tuple[str, ...] | Absent = field(default=ABSENT, kw_only=True)
    previous: str
    hash: str

    @property
    def seal(self) -> str:
        """What `hash` has to be, if the row says nothing besides."""
        return seal_of(encode(self))


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some rows, oldest first. `next` is the number of the last one where there are more."""

    audit: tuple[AuditEntry, ...]
    next: int | None
