"""What pages do by themselves from now on, as announcements start and end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portalsync.catalog import DEFINITIONS
from portalsync.model.effect import EffectKind
from portalsync.model.news import there
from portalsync.portal.differences import differences
from portalsync.preview.variants import Pages, Variant

_OF_THE_DAY = {
    f"{option.key}.{block.name}" for option in DEFINITIONS for block in option.blocks if block.reads.day
}
"""What made-up clients are late with is no date that comes by itself."""


@dataclass
class Event:
    """A block that appears, disappears or reads differently at an instant, in these firms. `opens`
    is the index of a variant that shows it, per language.
    """

    kind: EffectKind
    labels: dict[str, str] = field(default_factory=dict)
    firms: dict[str, None] = field(default_factory=dict)
    opens: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ComingMoment:
    """An instant, or a day that begins in several time zones: `at` is its midnight for the first firm."""

    at: datetime
    events: tuple[Event, ...]


def timeline(variants: Sequence[Variant], pages: Pages, zones: Mapping[str, str]) -> tuple[ComingMoment, ...]:
    """Every later instant of the variants, with what changes then and not before; a day is one, whatever the
    time zones of the firms (`zones`).
    """
    earlier: dict[tuple[str, ...], Variant] = {}
    found: dict[str, dict[tuple[EffectKind, str], Event]] = {}
    began: dict[str, datetime] = {}
    for index, variant in enumerate(variants):
        key = (variant.firm, variant.persona, variant.locale, variant.place.surface, variant.place.page)
        previous, earlier[key] = earlier.get(key), variant
        if previous is not None and previous.after and variant.after and previous.after != variant.after:
            day = there(variant.at.isoformat(), zones[variant.firm])
            began.setdefault(day, variant.at)
            _note(found.setdefault(day, {}), index, previous, variant, pages)
    days = sorted((day for day in found if found[day]), key=began.__getitem__)
    return tuple(ComingMoment(began[day], tuple(found[day].values())) for day in days)


def _note(
    events: dict[tuple[EffectKind, str], Event], index: int, previous: Variant, variant: Variant, pages: Pages
) -> None:
    before, after = pages.compositions[previous.after], pages.compositions[variant.after]
    for kind, block in differences(before, after):
        if kind is EffectKind.MOVES or block in _OF_THE_DAY:
            continue
        shown = next(each for each in (*after.shown, *before.shown) if each.key == block)
        event = events.setdefault((kind, _subject(block)), Event(kind))
        event.labels.setdefault(variant.locale, shown.content.title or shown.label)
        event.firms.setdefault(variant.firm)
        event.opens.setdefault(variant.locale, index)


def _subject(block: str) -> str:
    """An entry is the same news as banner and as notice; any other block stands for itself."""
    option, name, *entry = block.split(".", 2)
    return f"{option}.{entry[0] if entry else name}"


def examples(moments: Sequence[ComingMoment]) -> Mapping[int, ComingMoment]:
    """Variants that show what a moment brings."""
    return {index: moment for moment in moments for event in moment.events for index in event.opens.values()}
