"""An explained page -> a section: each block, and below it all that was asked first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from portalsync.catalog.naming import settings_name, unit_of
from portalsync.catalog.profile import PROFILE
from portalsync.lexicon import Foreign, Lexicon, Text, counted, first_of, how_many, joined, phrase, quoted
from portalsync.living.explain.layers import is_setting
from portalsync.living.explain.page import NO_ENTRY, BlockExplained, PageExplained, PagesExplained
from portalsync.living.explain.setting import SettingExplanation
from portalsync.model.edit import ABSENT
from portalsync.model.json_value import JSON
from portalsync.model.page import Place
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.edits import whole_value
from portalsync.views.wording.effects import capitalized, places_wording
from portalsync.views.wording.explained_setting import default_wording, firm_title, what_was_read
from portalsync.views.wording.names import first_names

_Settings: TypeAlias = Mapping[str, SettingExplanation]
_PROFILE = f"{PROFILE.key}."
_MOST_NAMED = 6
"""Settings that are named for one block; the JSON has all."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What all blocks are told with."""

    explained: PagesExplained
    settings: _Settings
    lexicon: Lexicon


def word_pages(explained: PagesExplained, lexicon: Lexicon) -> Report:
    """Page by page, in reading order."""
    around = _Around(explained, {each.path: each for each in explained.settings}, lexicon)
    client = phrase(
        "explain.client",
        client=Foreign(explained.persona),
        language=lexicon.language(explained.locale),
        at=moment(explained.at, explained.time_zone),
    )
    return Report(
        title=firm_title(explained),
        verdict=(
            Item(Tone.NOTE, client),
            what_was_read(explained),
        ),
        sections=tuple(_page(each, around) for each in explained.pages),
    )


def _page(page: PageExplained, around: _Around) -> Section:
    title = capitalized(places_wording([Place(page.surface, page.page)], around.lexicon))
    return Section(title, tuple(_block(each, around) for each in page.blocks))


def _block(block: BlockExplained, around: _Around) -> Item:
    label, key = quoted(block.label), Foreign(block.key)
    if block.shown:
        text = phrase("explain.shown", label=label, key=key)
    else:
        text = phrase("explain.missing", label=label, key=key, reason=block.reason)
    notes = (*_chain(block, around), *_content(block, around), *_on_portal(block))
    return Item(Tone.GOOD if block.shown else Tone.BAD, text, notes=notes)


def _chain(block: BlockExplained, around: _Around) -> Iterator[Text]:
    """What did not hide it; and below, on what it rests that it is there, or is missing."""
    passed = [each.reason for each in block.conditions if not each.holds]
    if passed:
        yield phrase("explain.passed", reasons=joined(passed, "; "))
    named = _deciding(block, around.settings)
    most = how_many(len(named), _MOST_NAMED)
    yield from (_setting(each, around.lexicon) for each in named[:most])
    if len(named) > most:
        yield counted("explain.more-settings", len(named) - most)
    for name in _rests_on(block, "facts"):
        yield _looked_at(f"explain.facts.{name}", around.explained.facts.get(name))
    for name in _rests_on(block, "client"):
        yield _looked_at(f"explain.clients.{name}", around.explained.client.get(name))


def _looked_at(key: str, value: JSON) -> Text:
    """What else a reason looked at: entries by their ids where they have some, else how many there are."""
    return phrase("explain.looked-at", what=phrase(key), value=_in_short(value))


def _in_short(value: JSON) -> Text:
    if isinstance(value, list | dict):
        names = [each for each in map(_name_of, value) if each]
        return first_names(names) if len(names) == len(value) else counted("explain.number", len(value))
    if isinstance(value, bool):
        return phrase(f"values.{'on' if value else 'off'}")
    return phrase("explain.not-said") if value is None else Foreign(str(value))


def _name_of(each: JSON) -> str:
    return str(each.get("id", "")) if isinstance(each, dict) else str(each)


def _rests_on(block: BlockExplained, kind: str) -> Sequence[str]:
    """What was looked at to hide a block, or of one that is there, before it was not hidden."""
    decides = (each for each in block.conditions if block.shown or each.holds)
    return [*dict.fromkeys(name for each in decides for name in getattr(each, kind))]


def _deciding(block: BlockExplained, settings: _Settings) -> Sequence[SettingExplanation]:
    """Those that somebody set, first; of a block that is there, and of audiences, only those unless there is
    none. Lists are told by their entries, and what the firm's profile has a part in needs no word of it.
    """
    is_empty = any(each.key == NO_ENTRY for each in block.conditions)
    paths = [path for path in _rests_on(block, "settings") if is_setting(path) or is_empty]
    own = [path for path in paths if block.key.startswith(_PROFILE) or not path.startswith(_PROFILE)]
    named = [settings[path] for path in own]
    stated = [each for each in named if each.value is not ABSENT]
    rest = [each for each in named if each.value is ABSENT]
    missing = [each for each in rest if not block.shown and not each.path.endswith(".audience")]
    return [*stated, *missing] if stated else rest


def _content(block: BlockExplained, around: _Around) -> Iterator[Text]:
    """Where its text stands in the files, as far as no line above says it."""
    own, above = f"{block.key.partition('.')[0]}.", _rests_on(block, "settings")
    paths = (path for path in block.content if path.startswith(own) and path not in above)
    stated = [around.settings[path] for path in paths if is_setting(path)]
    named = [
        (_name(each.path, around.lexicon), " ", Foreign(each.layers[-1].source))
        for each in stated
        if each.value is not ABSENT and each.layers
    ]
    if named:
        yield phrase("explain.content", settings=first_of(named, _MOST_NAMED, "; "))


def _on_portal(block: BlockExplained) -> Iterator[Text]:
    there = block.on_portal
    if there is not None and there.shown:
        yield phrase("explain.shown-there")
    elif there is not None:
        yield phrase("explain.missing-there", reason=there.reason or phrase("explain.unknown-there"))


def _setting(each: SettingExplanation, lexicon: Lexicon) -> Text:
    """What it is and who says so."""
    if not is_setting(each.path):
        return phrase(
            "explain.setting", name=_name(each.path, lexicon), value=phrase("explain.empty"), by=_by(each)
        )
    value: Text = whole_value(each.path, each.value, lexicon)
    if each.value is ABSENT:
        value = default_wording(each, lexicon) or value
    return phrase("explain.setting", name=_name(each.path, lexicon), value=value, by=_by(each))


def _name(path: str, lexicon: Lexicon) -> str:
    return settings_name(path, lexicon, within=unit_of(path))


def _by(each: SettingExplanation) -> Text:
    """The layer that decides it, with its line; else the portal."""
    if each.managed and each.layers:
        word = each.layers[-1]
        return phrase("explain.by-layer", layer=Foreign(word.layer), source=Foreign(word.source))
    return phrase("explain.by-portal" if each.value is not ABSENT else "explain.by-default")
