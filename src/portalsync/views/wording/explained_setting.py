"""An explained setting -> a section: who decides it, whom that overrules, what the portal has."""

from collections.abc import Iterator

from portalsync.catalog.naming import settings_name, settings_wording
from portalsync.lexicon import Foreign, Lexicon, Text, phrase
from portalsync.living.explain.layers import Act, LayerWord, is_setting
from portalsync.living.explain.setting import (
    FirmExplained,
    LastChange,
    LiveSetting,
    SettingExplanation,
    SettingsExplained,
)
from portalsync.model.edit import ABSENT
from portalsync.model.plan_name import short_digest
from portalsync.moments import moment
from portalsync.views.report import Item, Made, Report, Section, Tone
from portalsync.views.wording.edits import whole_value


def word_settings(explained: SettingsExplained, lexicon: Lexicon) -> Report:
    """Each setting, the layer that decides it first."""
    return Report(
        title=firm_title(explained),
        verdict=(what_was_read(explained),),
        sections=Made(lambda: (_section(each, lexicon) for each in explained.settings)),
    )


def firm_title(explained: FirmExplained) -> Text:
    return phrase("explain.title", firm=Foreign(explained.name), id=Foreign(explained.firm))


def what_was_read(explained: FirmExplained) -> Item:
    """Whether the portal has a part in what is said."""
    if explained.environment is None:
        return Item(Tone.NOTE, phrase("explain.not-asked"))
    environment, generation = Foreign(explained.environment), explained.generation
    if generation is None:
        return Item(Tone.WARN, phrase("explain.unread", environment=environment), notes=(explained.unread,))
    return Item(Tone.NOTE, phrase("explain.asked", environment=environment, generation=generation))


def _section(each: SettingExplanation, lexicon: Lexicon) -> Section:
    title = (settings_name(each.path, lexicon), "  ", Foreign(each.path))
    return Section(title, (*_items(each, lexicon),))


def _items(each: SettingExplanation, lexicon: Lexicon) -> Iterator[Item]:
    for index, word in enumerate(reversed(each.layers)):
        yield _layer(each.path, word, lexicon, is_last=index == 0)
    if not each.managed and not each.layers:
        yield Item(Tone.NOTE, phrase("explain.unmanaged"))
    if default := default_wording(each, lexicon):
        yield Item(Tone.NOTE, phrase("explain.default", value=default))
    if each.live:
        yield from _live(each.path, each.live, lexicon)


def _layer(path: str, word: LayerWord, lexicon: Lexicon, *, is_last: bool) -> Item:
    text = layer_wording(path, word, lexicon)
    if is_last:
        return Item(Tone.GOOD, text, source=word.source)
    return Item(Tone.REMOVE, phrase("explain.overruled", what=text), source=word.source)


def layer_wording(path: str, word: LayerWord, lexicon: Lexicon) -> Text:
    """What one layer says of the setting."""
    layer = Foreign(word.layer)
    if word.act is Act.SETS:
        return phrase("explain.acts.sets", layer=layer, value=whole_value(path, word.value, lexicon))
    return phrase(f"explain.acts.{word.act}", layer=layer)


def default_wording(each: SettingExplanation, lexicon: Lexicon) -> Text:
    """What the portal does by itself; empty where that is nothing."""
    if each.default or each.default is False:
        return whole_value(each.path, each.default, lexicon)
    goes_by_itself = is_setting(each.path) and each.default is ABSENT
    return Foreign(settings_wording(each.path, ABSENT, lexicon)) if goes_by_itself else ""


def _live(path: str, live: LiveSetting, lexicon: Lexicon) -> Iterator[Item]:
    value = whole_value(path, live.value, lexicon)
    changed = (_changed(live.changed),) if live.changed else ()
    if live.as_in_files:
        yield Item(Tone.NOTE, phrase("explain.live", value=value), notes=changed)
    else:
        yield Item(Tone.CHANGE, phrase("explain.live-otherwise", value=value), notes=changed)


def _changed(change: LastChange) -> Text:
    return phrase(
        f"explain.changed.{change.origin}",
        at=moment(change.at),
        actor=Foreign(change.actor),
        generation=change.generation,
        plan=Foreign(short_digest(change.plan)),
    )
