"""What a plan comes to: the line that sums it up, such as `14 firms: 40 blocks come, 2 go`, and each firm."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from portalsync.lexicon import Text, counted, joined, phrase
from portalsync.model.effect import EffectKind
from portalsync.model.news import LEADS, News, NewsFirm
from portalsync.views.report import Item, Section, Tone
from portalsync.views.wording.names import all_names

_ORDER = (EffectKind.APPEARS, EffectKind.DISAPPEARS, EffectKind.CHANGES, LEADS, EffectKind.MOVES)


def sums(firms: int, news: Iterable[News]) -> Text:
    """What comes and goes, each block once, wherever it stands and in however many firms."""
    return counted("plan.sums.of_firms", firms, what=_blocks(Counter(each.verb for each in news)))


def firm_sections(firms: Sequence[NewsFirm], news: Iterable[News]) -> Iterator[Section]:
    """Every firm by name, those together for which the sum is the same."""
    verbs = {firm.id: Counter[str]() for firm in firms}
    for each in news:
        for firm in each.firms:
            verbs[firm.id][each.verb] += 1
    alike: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for firm in firms:
        alike.setdefault(tuple(sorted(verbs[firm.id].items())), []).append(firm.name)
    lines = [
        phrase("plan.firms_by", what=_blocks(dict(found)), firms=all_names(names))
        for found, names in sorted(alike.items(), key=lambda group: -len(group[1]))
    ]
    yield Section(phrase("plan.firms"), tuple(Item(Tone.NOTE, line) for line in lines))


def _blocks(verbs: Mapping[str, int]) -> Text:
    """The first number says what is counted."""
    found = [verb for verb in _ORDER if verbs.get(verb)]
    parts = [
        counted(f"plan.sums.{'next' if index else 'first'}.{verb}", verbs[verb])
        for index, verb in enumerate(found)
    ]
    return joined(parts) if parts else phrase("plan.sums.nothing")
