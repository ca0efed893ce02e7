"""The line that sums a plan up, such as `14 firms: 40 blocks come, 2 go`."""

from collections import Counter

from portalsync.lexicon import Phrase, counted, joined, phrase
from portalsync.model.effect import EffectKind
from portalsync.model.news import news_of
from portalsync.model.plan import Plan

_ORDER = (EffectKind.APPEARS, EffectKind.DISAPPEARS, EffectKind.CHANGES, EffectKind.MOVES)


def sums(plan: Plan) -> Phrase:
    """What comes and goes, each block once for the web and once for the phone, in however many firms."""
    numbers = Counter(news.effect.kind for news in news_of(plan.firms, whole=False))
    kinds = [kind for kind in _ORDER if numbers[kind]]
    parts = [
        counted(f"plan.sums.{'next' if index else 'first'}.{kind}", numbers[kind])
        for index, kind in enumerate(kinds)
    ]
    what = joined(parts, ", ") if parts else phrase("plan.sums.nothing")
    return counted("plan.sums.of_firms", len(plan.firms), what=what)
