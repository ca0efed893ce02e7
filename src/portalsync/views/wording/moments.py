"""What is said where pages change by themselves more often than is looked at."""

from collections.abc import Sequence

from portalsync.lexicon import Phrase, counted
from portalsync.portal.variants import MOST_INSTANTS


def unseen_moments(unseen: Sequence[int]) -> Phrase:
    """`unseen` says for each firm concerned how many more moments there are."""
    return counted("plan.unseen_moments", len(unseen), most=MOST_INSTANTS, later=sum(unseen))
