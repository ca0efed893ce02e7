"""A page as one sample client finds it: every block that is there or missing, with its chain of reasons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from portalsync.lexicon import Text, lexicon_of, phrase
from portalsync.living.explain.layers import LayerStack
from portalsync.living.explain.setting import FirmExplained, Seen, SettingExplanation, explained
from portalsync.model.annotations import Doc
from portalsync.model.json_value import JSON
from portalsync.model.page import PageName, Place, Placed, Situation, Surface, View, situation_of
from portalsync.model.persona import Persona
from portalsync.portal.classes import blocks_on
from portalsync.portal.compose import compose
from portalsync.portal.observed import LookedAt
from portalsync.portal.reasons import Condition, Reasoned, reasoned

NO_ENTRY = "explain.no-entry"
"""Of a block that stands for the entries of a list, where the list has none."""
GONE = "explain.gone"
"""Of a block that only the portal has: the files let its entry go."""


@dataclass(frozen=True, slots=True)
class ConditionExplained:
    """One reason to hide a block that was asked for."""

    reason: Annotated[Text, Doc("The reason, in words.")]
    key: Annotated[str, Doc("Which one it is: stable, the same in every language.")]
    holds: Annotated[bool, Doc("Whether it holds: then it hides the block.")]
    settings: Annotated[tuple[str, ...], Doc("Paths of the settings that it looked at; see `settings`.")]
    facts: Annotated[tuple[str, ...], Doc("What of the portal's facts it looked at.")]
    client: Annotated[tuple[str, ...], Doc("What of the client it looked at.")]


@dataclass(frozen=True, slots=True)
class OnPortal:
    """How the portal has a block now."""

    shown: bool
    reason: Annotated[Text, Doc("Why it is missing there; empty if it is shown.")]


@dataclass(frozen=True, slots=True)
class BlockExplained:
    """A block that is there, or is not."""

    key: Annotated[str, Doc("Stable, as in plans: `chat.new_chat`.")]
    label: Annotated[str, Doc("What it is called, in the language of the page.")]
    shown: Annotated[bool, Doc("Whether the client finds it, once what the files say is applied.")]
    reason: Annotated[Text, Doc("Why it is missing; empty if it is shown.")]
    conditions: Annotated[
        tuple[ConditionExplained, ...],
        Doc("Every reason to hide it that was asked for, in order: none holds but the last one may."),
    ]
    content: Annotated[tuple[str, ...], Doc("Paths of the settings that it takes its text from.")]
    on_portal: Annotated[
        OnPortal | None, Doc("How the portal has it now, where that is otherwise; null where it is not.")
    ]


@dataclass(frozen=True, slots=True)
class PageExplained:
    """One page, its blocks in reading order."""

    surface: Surface
    page: PageName
    blocks: tuple[BlockExplained, ...]


@dataclass(frozen=True, kw_only=True)
class PagesExplained(FirmExplained):
    """Pages of one firm as one sample client finds them, and the settings on which they rest."""

    persona: Annotated[str, Doc("The sample client's id.")]
    locale: Annotated[str, Doc("In which language.")]
    at: Annotated[str, Doc("At which instant, in UTC.")]
    time_zone: Annotated[str, Doc("The time zone of the firm, whose clock counts.")]
    pages: tuple[PageExplained, ...]
    settings: Annotated[tuple[SettingExplanation, ...], Doc("Each on which a block above rests, by path.")]
    facts: Annotated[
        Mapping[str, JSON], Doc("What reasons looked at of the portal's facts, as far as it is.")
    ]
    client: Annotated[Mapping[str, JSON], Doc("What they looked at of the client, as far as it is.")]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, at which pages."""

    persona: Persona
    locale: str
    places: Sequence[Place]


def pages_explained(seen: Seen, after: Situation, who: Reader) -> tuple[PageExplained, ...]:
    """The pages with what the files say in force, held against what the portal has."""
    live = _live(seen, after)
    return tuple(_page(after, live, who, place) for place in who.places)


def _live(seen: Seen, after: Situation) -> Situation | None:
    return situation_of(after.firm, seen.state.settings, after.facts, after.at) if seen.state else None


def _page(after: Situation, live: Situation | None, who: Reader, place: Place) -> PageExplained:
    now = compose(live, who.persona, place, who.locale).blocks if live else ()
    there = {block.key: block for block in now}
    blocks = [*reasoned(after, who.persona, place, who.locale)]
    found = [_block(each, there.get(each.placed.key), is_known=live is not None) for each in blocks]
    known = {each.key for each in found}
    gone = [_gone(block) for block in now if block.shown and block.key not in known]
    return PageExplained(place.surface, place.page, (*found, *gone, *_without_entries(after, who, place)))


def _block(each: Reasoned, there: Placed | None, *, is_known: bool) -> BlockExplained:
    placed = each.placed
    as_there = (there is not None and there.shown, there.reason if there else "")
    differs = is_known and as_there != (placed.shown, placed.reason) and (there is not None or placed.shown)
    return BlockExplained(
        placed.key,
        placed.label,
        placed.shown,
        _reason(placed.reason),
        tuple(map(_condition, each.conditions)),
        each.content.settings if placed.shown else (),
        OnPortal(as_there[0], _reason(as_there[1])) if differs else None,
    )


def _reason(key: str) -> Text:
    return phrase(key) if key else ""


def _condition(each: Condition) -> ConditionExplained:
    key = each.reason.removeprefix("options.").replace(".hidden", "", 1)
    rests_on = each.rests_on
    return ConditionExplained(
        phrase(each.reason), key, each.holds, rests_on.settings, rests_on.facts, rests_on.client
    )


def _gone(block: Placed) -> BlockExplained:
    return BlockExplained(block.key, block.label, False, phrase(GONE), (), (), OnPortal(True, ""))  # noqa: FBT003


def _without_entries(after: Situation, who: Reader, place: Place) -> Iterator[BlockExplained]:
    """Blocks that would stand for entries of a list which is empty."""
    view = View(after.firm, after.settings, after.facts, after.at, who.persona, who.locale)
    for option, block in blocks_on(place):
        if not block.each(view):
            lists = tuple(each.path for each in option.lists)
            empty = _condition(Condition(NO_ENTRY, holds=True, rests_on=LookedAt(lists)))
            label = lexicon_of(who.locale)(f"options.{option.key}.blocks.{block.name}")
            key = f"{option.key}.{block.name}"
            yield BlockExplained(key, label, False, phrase(NO_ENTRY), (empty,), (), None)  # noqa: FBT003


def settings_of(
    pages: Iterable[PageExplained], layers: LayerStack, seen: Seen
) -> tuple[SettingExplanation, ...]:
    """The settings on which these pages rest, each explained once."""
    conditions = [each for page in pages for block in page.blocks for each in block.conditions]
    content = {path for page in pages for block in page.blocks for path in block.content}
    paths = sorted(content.union(*(each.settings for each in conditions)))
    return (*explained(layers, seen, paths),)


def looked_at(pages: Iterable[PageExplained], kind: str, raw: Mapping[str, JSON]) -> dict[str, JSON]:
    """What reasons looked at, of facts or of a client, as a document has it."""
    conditions = (each for page in pages for block in page.blocks for each in block.conditions)
    names = sorted({name for each in conditions for name in getattr(each, kind)})
    return {name: raw[name] for name in names if name in raw}
