"""Which change the pull request of a commit was reviewed for, and why none if it was not."""

from collections.abc import Sequence
from dataclasses import dataclass

from portalsync.errors import PlanRefused
from portalsync.forge.approvals import Approvals, approvals
from portalsync.forge.marks import PlanMark
from portalsync.forge.protocol import Forge, PullRequest
from portalsync.lexicon import Foreign, Phrase, counted, joined, phrase


@dataclass(frozen=True, slots=True)
class Agreement:
    """The plan that was agreed to, else what is missing. `pull` is None if nobody can tell which it was."""

    pull: int | None
    plan: PlanMark | None = None
    missing: Phrase | None = None


def agreement(forge: Forge, commit: str, author: str, environment: str | None, needed: int) -> Agreement:
    """PlanRefused if the pull request has plans for several environments and none is named."""
    pull = _pull_request(forge.pull_requests(commit), commit)
    if pull is None:
        return Agreement(None, missing=phrase("told.not-reviewed.commit"))
    mark = _mark(forge, pull.number, author, environment)
    if mark is None:
        return Agreement(pull.number, missing=phrase("told.not-reviewed.pull", pull=str(pull.number)))
    missing = _missing(pull, mark) or _unapproved(forge, pull, mark, needed)
    return Agreement(pull.number, None if missing else mark, missing)


def _pull_request(brought: Sequence[PullRequest], commit: str) -> PullRequest | None:
    """The one that became this commit, else the only one that brought it."""
    exactly = [pull for pull in brought if pull.merged_as == commit] or brought
    return exactly[0] if len(exactly) == 1 else None


def _mark(forge: Forge, pull: int, author: str, environment: str | None) -> PlanMark | None:
    marks: dict[str, PlanMark] = {}
    for note in forge.comments(pull):
        mark = PlanMark.read(note.body) if note.author == author else None
        if mark is not None and environment in (None, mark.environment):
            marks.setdefault(mark.environment, mark)
    if len(marks) > 1:
        raise PlanRefused(
            phrase("errors.plan.several-environments.message", pull=str(pull)),
            phrase("errors.plan.several-environments.hint"),
        )
    return next(iter(marks.values()), None)


def _missing(pull: PullRequest, mark: PlanMark) -> Phrase | None:
    number = str(pull.number)
    if mark.head != pull.head:
        return phrase("told.not-reviewed.older", pull=number, commit=pull.head)
    return None if mark.digest else phrase("told.not-reviewed.failed", pull=number, commit=pull.head)


def _unapproved(forge: Forge, pull: PullRequest, mark: PlanMark, needed: int) -> Phrase | None:
    if not needed:
        return None
    given = approvals(pull, mark.since, forge.reviews(pull.number), forge.may_write)
    return None if given.suffice(needed) else _worded(pull, given, needed)


def _worded(pull: PullRequest, given: Approvals, needed: int) -> Phrase:
    if given.objecting:
        people = joined([Foreign(each) for each in given.objecting], ", ")
        return phrase("told.not-reviewed.objected", pull=str(pull.number), people=people)
    return counted("told.not-reviewed.unapproved", len(given.approving), pull=str(pull.number), of=needed)
