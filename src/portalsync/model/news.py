"""The same news told once: effects put together over places and firms."""

from collections.abc import Iterable
from dataclasses import dataclass

from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.json_value import JSONObject
from portalsync.model.page import Place
from portalsync.model.plan import FirmPlan

LEADS = "leads"
MOST_HEADLINES = 3
"""So many of the news stand at the top of what is told."""
_ADDRESSES = ("href", "links")


@dataclass(frozen=True)
class News:
    """One effect as it is told: at these places, in these firms. `told` are all that say so, each
    with its firm's id; `effect` is the first.
    """

    effect: Effect
    told: tuple[tuple[str, Effect], ...]
    places: tuple[Place, ...]
    firms: tuple[FirmPlan, ...]
    clients: int
    everyone: bool


def news_of(firms: Iterable[FirmPlan], *, whole: bool = True) -> list[News]:
    """Effects that say the same, put together over places and firms. Not `whole`: the same block
    counts as the same news whatever it says.
    """
    by_firm: dict[bytes, dict[str, list[Reach]]] = {}
    names = {firm.id: firm for firm in firms}
    for firm in firms:
        for reach in firm.effects:
            same = canonical(_same(reach.effect, whole=whole))
            by_firm.setdefault(same, {}).setdefault(firm.id, []).append(reach)
    told: dict[tuple[bytes, tuple[Place, ...]], list[tuple[FirmPlan, list[Reach]]]] = {}
    for same, found in by_firm.items():
        for firm_id, reached in found.items():
            places = tuple(each.effect.place for each in reached) if whole else ()
            told.setdefault((same, places), []).append((names[firm_id], reached))
    return sorted((_tell(group) for group in told.values()), key=_weight)


def _same(effect: Effect, *, whole: bool) -> JSONObject:
    signature: JSONObject = {"kind": verb(effect), "labels": dict(effect.labels)}
    if not whole:
        return {**signature, "surface": str(effect.place.surface)}
    data = encode(effect)
    return {**signature, "readings": data["readings"], "since": effect.since}


def _tell(group: list[tuple[FirmPlan, list[Reach]]]) -> News:
    effects = [each.effect for _, reached in group for each in reached]
    places = dict.fromkeys(effect.place for effect in effects)
    return News(
        effect=effects[0],
        told=tuple((firm.id, each.effect) for firm, reached in group for each in reached),
        places=tuple(places),
        firms=tuple(firm for firm, _ in group),
        clients=sum(max(each.clients for each in reached) for _, reached in group),
        everyone=all(effect.everyone for effect in effects),
    )


def _weight(news: News) -> tuple[str, int, int, str]:
    return news.effect.since, list(EffectKind).index(news.effect.kind), -news.clients, news.effect.block


def verb(effect: Effect) -> str:
    """How it is told; a link that leads elsewhere is no mere change of words, whatever else changes."""
    readings = [reading for each in effect.readings.values() for reading in each]
    leads = effect.kind is EffectKind.CHANGES and any(map(_leads_elsewhere, readings))
    return LEADS if leads else str(effect.kind)


def _leads_elsewhere(reading: Reading) -> bool:
    """Whether there is an address that was not there before; one that only goes leads nowhere."""
    return reading.what in _ADDRESSES and not {*reading.after.split("\n")} <= {
        *reading.before.split("\n"),
        "",
    }
