"""Who agreed to a pull request as it was merged, and who did not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portalsync.forge.protocol import Decision, PullRequest, Review


@dataclass(frozen=True, slots=True)
class Approvals:
    """People by name, sorted: those who approved the last commit, and those who ask for changes."""

    approving: tuple[str, ...]
    objecting: tuple[str, ...]

    def suffice(self, needed: int) -> bool:
        return len(self.approving) >= needed and not self.objecting


def approvals(
    pull: PullRequest, since: str, reviews: Iterable[Review], may_decide: Callable[[str], bool]
) -> Approvals:
    """Of each person the last word counts, and for an approval only if it is about the last commit, and not
    from before the plan was as it is (`since`). Whoever opened the pull request, programs, and those who may
    not decide have none.
    """
    last = {each.reviewer: each for each in reviews if not each.is_bot and each.reviewer != pull.author}
    deciding = [each for each in last.values() if _counts(each, pull, since) and may_decide(each.reviewer)]
    return Approvals(_people(deciding, Decision.APPROVED), _people(deciding, Decision.CHANGES_REQUESTED))


def _counts(review: Review, pull: PullRequest, since: str) -> bool:
    is_of_the_plan = review.commit == pull.head and review.at >= since
    return review.decision is not Decision.APPROVED or is_of_the_plan


def _people(reviews: Iterable[Review], decision: Decision) -> tuple[str, ...]:
    return tuple(sorted(each.reviewer for each in reviews if each.decision is decision))
