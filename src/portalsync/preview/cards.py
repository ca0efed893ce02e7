"""One card for each distinct change, however many pages show it."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from portalsync.catalog import DEFINITIONS
from portalsync.model.effect import Effect, EffectKind, Happening
from portalsync.model.news import LEADS, Alike, News, NewsFirm, Statements, Version, news_of, verb
from portalsync.model.page import Place
from portalsync.model.plan import Plan
from portalsync.preview.looked_at import MOST_WAYS
from portalsync.preview.variants import Variant


@dataclass(frozen=True)
class Card:
    """A change as clients notice it. `verb` is an effect's kind, or `leads` for a link that leads
    elsewhere; `only` is the one language in which a text changed although the firm writes in more.
    `variants` are indexes into the review's variants. `others` are firms in which the same happens in `ways`
    of their own, which have no card.
    """

    number: int
    verb: str
    option: str
    version: Version
    personas: tuple[str, ...]
    only: str
    variants: tuple[int, ...]
    others: tuple[NewsFirm, ...] = ()
    ways: int = 0

    @property
    def effect(self) -> Effect:
        return self.version.effect


_ORDER = (EffectKind.DISAPPEARS, LEADS, EffectKind.CHANGES, EffectKind.APPEARS, EffectKind.MOVES)


def cards(
    plan: Plan,
    variants: Sequence[Variant],
    locales: Mapping[str, Sequence[str]],
    left_out: Sequence[NewsFirm] = (),
) -> tuple[Card, ...]:
    """What is lost first, then links that lead elsewhere; `locales` are those of each firm. Where firms are
    left out, the same news in many wordings has a few cards: those with pages to look at.
    """
    found = _variants_by_effect(variants)
    few = [_few(each, {firm.id for firm in left_out}) for each in news_of(plan.firms)]
    others = {id(shown[-1]): rest for shown, rest in few}
    versions = [version for shown, _ in few for version in shown]
    noticed = _noticed(plan, versions)
    return tuple(
        Card(
            number=number,
            verb=each.verb,
            option=_option(each.happens),
            version=each,
            personas=tuple(
                dict.fromkeys(name for _, effect in noticed[each.alike] for name in effect.personas)
            ),
            only=_only(each.effect, each.firms, locales),
            variants=_variants_of(noticed[each.alike], found),
            others=tuple(firm for version in others.get(id(each), ()) for firm in version.firms),
            ways=len(others.get(id(each), ())),
        )
        for number, each in enumerate(sorted(versions, key=_weight), 1)
    )


def _few(news: News, left_out: AbstractSet[str]) -> tuple[Sequence[Version], Sequence[Version]]:
    """Versions that have cards, and the others. A link that leads elsewhere is always shown: it is the one
    change that can rob a client.
    """
    most = MOST_WAYS if len(left_out) and news.verb != LEADS else len(news.versions)
    ranked = sorted(news.versions, key=lambda each: all(firm.id in left_out for firm in each.firms))
    return ranked[:most], ranked[most:]


_Noticed = tuple[str, Effect]
"""A firm's id, and what is noticed there."""


def _noticed(plan: Plan, versions: Sequence[Version]) -> Mapping[Alike, Sequence[_Noticed]]:
    """For each version all effects that say so."""
    found: dict[Alike, list[_Noticed]] = {version.alike: [] for version in versions}
    statements = Statements()
    for part in plan.firms:
        for alike, reached in statements.of(part):
            if alike in found:
                found[alike] += [(part.id, reach.effect) for reach in reached]
    return found


def _variants_of(noticed: Sequence[_Noticed], found: "Mapping[_Key, list[int]]") -> tuple[int, ...]:
    return tuple(sorted({index for key in map(_key, noticed) for index in found.get(key, ())}))


def _weight(version: Version) -> tuple[int, str, int]:
    return _ORDER.index(version.verb), version.happens.since, -version.clients


_Key = tuple[str, Place, EffectKind, str]


def _variants_by_effect(variants: Sequence[Variant]) -> Mapping[_Key, list[int]]:
    found: dict[_Key, list[int]] = {}
    for index, variant in enumerate(variants):
        for kind, block in variant.differences:
            key = (variant.firm, variant.place, kind, block)
            found.setdefault(key, []).append(index)
    return found


def _key(found: _Noticed) -> _Key:
    firm, effect = found
    return firm, effect.place, effect.kind, effect.block


def _option(happens: Happening) -> str:
    key = happens.block.partition(".")[0]
    return next(option.key for option in DEFINITIONS if option.key == key)


def _only(effect: Effect, firms: Sequence[NewsFirm], locales: Mapping[str, Sequence[str]]) -> str:
    """The one language whose text changed, where a firm writes in more than one."""
    several = any(len(locales.get(firm.id, ())) > 1 for firm in firms)
    changed = list(effect.readings)
    is_text = effect.kind is EffectKind.CHANGES and verb(effect) != LEADS
    return changed[0] if several and is_text and len(changed) == 1 else ""


def cards_of(variants: Sequence[Variant], found: Sequence[Card]) -> Iterator[tuple[int, ...]]:
    """For each variant the numbers of its cards."""
    numbers: dict[int, list[int]] = {}
    for card in found:
        for index in card.variants:
            numbers.setdefault(index, []).append(card.number)
    return (tuple(numbers.get(index, ())) for index in range(len(variants)))
