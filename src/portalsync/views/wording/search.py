"""What was found -> report: each setting, by its values and by who says so, with the firms."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from portalsync.catalog.naming import settings_name
from portalsync.lexicon import Foreign, Lexicon, Text, counted, how_many, phrase
from portalsync.living.search import By, Found, FoundSetting, FoundValue
from portalsync.model.desired import firm_layer
from portalsync.model.edit import ABSENT
from portalsync.views.report import Item, Made, Report, Section, Tone
from portalsync.views.wording.edits import whole_value
from portalsync.views.wording.names import SHOWN_FIRMS, first_names

_OWN = firm_layer("")
_NOTHING = {By.LAYER: "unset", By.DEFAULT: "nobody"}
"""How it is told that nothing is set."""


def word_found(found: Found, names: Mapping[str, str], lexicon: Lexicon) -> Report:
    """The value that most firms have first. `names` are those of firms, by id."""
    return Report(
        title=phrase("find.title"),
        verdict=(_verdict(found),),
        sections=Made(lambda: (_section(each, names, lexicon) for each in found.settings)),
    )


def _verdict(found: Found) -> Item:
    if not found.firms:
        return Item(Tone.NOTE, counted("find.nothing", found.considered))
    if found.considered == 1:
        return Item(Tone.GOOD, phrase("find.alone"))
    return Item(Tone.GOOD, counted("find.firms", found.firms, of=found.considered))


def _section(setting: FoundSetting, names: Mapping[str, str], lexicon: Lexicon) -> Section:
    title = (settings_name(setting.path, lexicon), "  ", Foreign(setting.path))
    alike = groupby(setting.values, key=lambda each: (each.by, each.value))
    return Section(title, tuple(_item(setting.path, [*some], names, lexicon) for _, some in alike))


def _item(path: str, alike: Sequence[FoundValue], names: Mapping[str, str], lexicon: Lexicon) -> Item:
    number = sum(len(each.firms) for each in alike)
    first = alike[0]
    key = _NOTHING.get(first.by, str(first.by)) if first.value is ABSENT else str(first.by)
    value = whole_value(path, first.value, lexicon)
    text = (phrase(f"find.values.{key}", value=value), ": ", counted("told.firms", number))
    tone = Tone.GOOD if first.by is By.LAYER else Tone.NOTE
    return Item(tone, text, notes=(*_sources(alike, names),))


def _sources(alike: Sequence[FoundValue], names: Mapping[str, str]) -> Iterator[Text]:
    """A line for each file that says so; of many, the first."""
    most = how_many(len(alike), SHOWN_FIRMS)
    for each in alike[:most]:
        firms = first_names([names[firm] for firm in each.firms])
        if each.by is not By.LAYER:
            yield firms
        elif each.layer.startswith(_OWN):
            yield phrase("find.by-itself", source=Foreign(each.source), firm=firms)
        else:
            yield phrase("find.by", layer=Foreign(each.layer), source=Foreign(each.source), firms=firms)
    if len(alike) > most:
        rest = sum(len(each.firms) for each in alike[most:])
        yield counted("find.more", rest)
