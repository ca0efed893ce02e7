"""Of a plan for many firms, those whose pages a review shows: chosen to show many different news."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from portalsync.model.news import News, NewsDesk, NewsFirm
from portalsync.model.plan import Plan

MOST_LOOKED_AT = 20
"""Firms. Each takes half a second, and a quarter of a megabyte of the file."""
MOST_WAYS = 3
"""So many wordings of the same news are shown, where firms are left out."""


@dataclass(frozen=True)
class LookedAt:
    """Firms that something changes for, by id; `left_out` are those whose pages are not shown."""

    firms: frozenset[str]
    left_out: tuple[NewsFirm, ...] = ()


def looked_at(plan: Plan, chosen: Container[str], *, everything: bool = False) -> LookedAt:
    """Of the chosen firms all, if they are few or if everything is asked for. Else one firm for each thing
    that guardrails object to, one for each piece of news, what is lost first, and some for each wording of
    it; as many as a review takes.
    """
    desk, firms = NewsDesk(), dict[str, NewsFirm]()
    for part in plan.firms:
        if part.changes and part.id in chosen:
            firms[part.id] = NewsFirm.of(part)
            desk.take(part, firms[part.id])
    if everything or len(firms) <= MOST_LOOKED_AT:
        return LookedAt(frozenset(firms))
    shown = [*_examples(plan, desk.news(), firms)][:MOST_LOOKED_AT]
    return LookedAt(frozenset(shown), tuple(firms[each] for each in firms if each not in shown))


def first_looked_at(chosen: Iterable[str]) -> frozenset[str]:
    """Of the chosen firms as many as a review takes, where no plan says which are worth a look."""
    return frozenset(sorted(chosen)[:MOST_LOOKED_AT])


def _examples(plan: Plan, news: Sequence[News], firms: Container[str]) -> Iterator[str]:
    shown: set[str] = set()
    objected = [verdict.firms for verdict in plan.guardrails]
    ways = [version.firms for each in news for version in each.versions[:MOST_WAYS]]
    for those in (*objected, *_ids([each.firms for each in news]), *_ids(ways)):
        known = [each for each in those if each in firms]
        if known and shown.isdisjoint(known):
            shown.add(known[0])
            yield known[0]


def _ids(groups: Iterable[Sequence[NewsFirm]]) -> Iterator[list[str]]:
    return ([firm.id for firm in each] for each in groups)
