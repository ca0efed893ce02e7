"""What came back from a portal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from portalsync.commits import Committed, Conditional, Problem, Results
from portalsync.json_bodies import WireError, answer_of, parsed
from portalsync.lexicon import Text, phrase

_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}")
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,40}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read whole."""

    status: int
    media_type: str
    body: bytes
    retry_after: str = ""
    repeated: bool = False
    """Whether an earlier try of the same request may have arrived."""

    def json(self) -> Any:
        """WireError if this is not a JSON answer of the contract."""
        if self.media_type not in ("application/json", "application/problem+json"):
            raise WireError("not JSON")
        return parsed(self.body)

    @property
    def problem(self) -> Problem | None:
        try:
            return answer_of(Problem, self.json()) if self.media_type == "application/problem+json" else None
        except WireError:
            return None

    @property
    def refusal(self) -> Problem | None:
        """The problem, if it says for certain that nothing of what was asked for was written."""
        problem = self.problem
        is_one = problem is not None and problem.refuses and problem.status == self.status
        return problem if is_one and not self.repeated else None

    @property
    def is_not_offered(self) -> bool:
        """Whether the portal says that it has no such request, which the contract leaves to it."""
        if self.status == HTTPStatus.NOT_FOUND:
            return self.problem is None or self.problem.type != "firm-unknown"
        return self.status in (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED)

    @property
    def is_put_off(self) -> bool:
        """Whether the portal says that it has not even begun, because it was asked too often."""
        problem = self.problem
        too_often = (HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests")
        return problem is not None and (self.status, problem.type) == too_often

    @property
    def named(self) -> Text:
        """What answered, without a word of what it said."""
        problem = self.problem
        if problem is not None and _SLUG.fullmatch(problem.type):
            return f"{self.status} ({problem.type})"
        if _MEDIA_TYPE.fullmatch(self.media_type):
            return f"{self.status} ({self.media_type})"
        return phrase("errors.portal.untyped", status=str(self.status))


def results_of(answer: Answer, sent: Sequence[Conditional]) -> list[Committed | Problem]:
    """One for each commit. WireError if one of them says nothing certain."""
    if answer.status != HTTPStatus.OK:
        raise WireError("not 200")
    results = answer_of(Results, answer.json()).results
    if len(results) != len(sent):
        raise WireError("not one result for each commit")
    pairs = zip(results, sent, strict=True)
    return [_certain(result.answer, commit, repeated=answer.repeated) for result, commit in pairs]


def _certain(answer: Committed | Problem, sent: Conditional, *, repeated: bool) -> Committed | Problem:
    if isinstance(answer, Problem):
        if repeated or not answer.refuses:
            raise WireError("a problem that does not say that nothing was written")
    elif (answer.id, answer.previous, answer.generation) != (sent.firm, sent.generation, sent.generation + 1):
        raise WireError("a result for another commit")
    return answer
