"""What a portal is asked to write, and what it says became of that: JSON bodies of the contract `/v1`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from portalsync.json_bodies import WireError
from portalsync.model.annotations import Prefixed
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.settings import options_of
from portalsync.wire import Generation, Origin, ShortLine

MOST_IN_BATCH = 100
"""Commits in one request."""
LONGEST_KEY = 200
LONGEST_ACKNOWLEDGEMENT = 300
MOST_ACKNOWLEDGEMENTS = 1000

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


@dataclass(frozen=True)
class Conditional:
    """One firm's part of a batch: the commit, the generation it expects, its idempotency key."""

    firm: str
    generation: int
    key: str
    commit: Commit

    @cached_property
    def body(self) -> bytes:
        """Its part of a batch's body: measured, then sent."""
        return canonical(encode(self))


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
