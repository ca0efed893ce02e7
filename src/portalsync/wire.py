"""The JSON bodies that client and server exchange, contract `/v1`. `json_bodies` reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from portalsync.json_bodies import WireError
from portalsync.model.annotations import AtLeast, AtMost, Instant, OneLine, Prefixed
from portalsync.model.canonical import canonical, digest
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.json_value import JSON
from portalsync.model.remembered import Remembered
from portalsync.model.settings import options_of

MOST_IN_BATCH = 100
"""Commits in one request."""
LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request."""
MOST_IN_PAGE = 500
MOST_TOGETHER = 50
"""Firms in one question: their ids stand in its address."""
USUAL_HISTORY = 100
LONGEST_LINE = 200
"""Characters of an actor's name, and of what a commit calls its plan."""
LONGEST_KEY = 200
LONGEST_ACKNOWLEDGEMENT = 300
MOST_ACKNOWLEDGEMENTS = 1000
HIGHEST_GENERATION = 2**31 - 1

Generation: TypeAlias = Annotated[int, AtLeast(1), AtMost(HIGHEST_GENERATION)]
ShortLine: TypeAlias = Annotated[str, OneLine(LONGEST_LINE)]
"""What a portal says in a few characters: an id, a digest, a name."""

REFUSALS = frozenset(
    {
        (400, "malformed"),
        (400, "key-required"),
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "not-found"),
        (404, "firm-unknown"),
        (405, "method-not-allowed"),
        (409, "option-mismatch"),
        (412, "stale-generation"),
        (413, "too-large"),
        (415, "unsupported-media-type"),
        (421, "misdirected"),
        (422, "invalid-commit"),
        (422, "invalid-settings"),
        (422, "before-mismatch"),
        (422, "idempotency-reuse"),
        (422, "batch-too-large"),
        (428, "precondition-required"),
    }
)
"""The problems, by status and type, that say of a commit: nothing was written. No other answer says so; a
portal that is busy or failed may have written firms of the same batch before.
"""


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
    the hash of the last row that the audit trail had then.
    """

    id: ShortLine
    generation: Generation
    digest: ShortLine
    settings: Mapping[str, JSON]
    managed: tuple[ShortLine, ...]
    applied: Generation | None = None
    audit: ShortLine = ""


@dataclass(frozen=True, slots=True)
class States:
    """Firms by id, each with its state and, under `facts`, its facts of the same moment."""

    firms: tuple[Mapping[str, JSON], ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """What one firm's commit says. `plan` is the plan's digest, empty for a change by hand. `options` has the
    digests of those that it touches, as the plan was made with them; a change by hand names none.
    `acknowledged` is what somebody accepted although a guardrail objected, as `RULE:SUBJECT`.
    """

    origin: Origin
    actor: str
    plan: str
    options: Mapping[str, str]
    writes: tuple[Edit, ...]
    managed: tuple[str, ...]
    acknowledged: tuple[str, ...] = ()

    @property
    def touched(self) -> set[str]:
        """The options that it edits or claims."""
        return options_of((*(write.path for write in self.writes), *self.managed))


_edit_text = Remembered[Edit, bytes](lambda edit: canonical(encode(edit)))


@dataclass(frozen=True)
class Conditional:
    """One firm's part of a batch: the commit, the generation it expects, its idempotency key."""

    firm: str
    generation: int
    key: str
    commit: Commit

    @cached_property
    def body(self) -> bytes:
        """Its part of a batch's body: measured, then sent. Most edits are those of many firms; each is
        encoded once, as long as it is kept.
        """
        commit = encode(replace(self.commit, writes=()))
        rest = canonical({name: value for name, value in commit.items() if name != "writes"})
        writes = b",".join(map(_edit_text, self.commit.writes))
        named = (canonical(each) for each in (self.firm, self.generation, self.key))
        return b'{"commit":%b,"writes":[%b]},%b}' % (
            rest[:-1],
            writes,
            b'"firm":%b,"generation":%b,"key":%b' % (*named,),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Commits of several firms, each done whole or not at all, and answered by itself."""

    commits: tuple[Conditional, ...]


def batch_of(commits: Iterable[bytes]) -> bytes:
    """The body of a batch, of commits that are encoded already."""
    return b'{"commits":[' + b",".join(commits) + b"]}"


@dataclass(frozen=True, slots=True)
class Committed:
    """The answer to a commit: the generation it made, and the digest of what is managed now."""

    id: ShortLine
    previous: Generation
    generation: Generation
    digest: ShortLine


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457. `type` is one of the contract's slugs."""

    type: Annotated[str, Prefixed("urn:portalsync:problem:")]
    title: str
    status: int
    detail: str | Absent = ABSENT

    @property
    def refuses(self) -> bool:
        """Whether it says of a commit that nothing was written."""
        return (self.status, self.type) in REFUSALS


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one commit of a batch: one of the two."""

    committed: Committed | Absent = ABSENT
    problem: Problem | Absent = ABSENT

    @property
    def answer(self) -> Committed | Problem:
        if self.committed is ABSENT and self.problem is not ABSENT:
            return self.problem
        if self.committed is not ABSENT and self.problem is ABSENT:
            return self.committed
        raise WireError("expected either committed or problem")


@dataclass(frozen=True, slots=True)
class Results:
    """One for each commit of the batch, in its order."""

    results: tuple[Result, ...]


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
    acknowledged: tuple[str, ...] | Absent
    previous: str
    hash: str

    @property
    def seal(self) -> str:
        """What `hash` has to be, if the row says nothing besides."""
        return seal_of(encode(self))


def seal_of(row: Mapping[str, JSON]) -> str:
    """What the `hash` of a row as it was answered has to be: the digest of all the rest, whatever that is."""
    return digest({key: value for key, value in row.items() if key != "hash"})


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some rows, oldest first. `next` is the number of the last one where there are more."""

    audit: tuple[AuditEntry, ...]
    next: int | None
