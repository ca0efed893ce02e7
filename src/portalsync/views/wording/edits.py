"""One setting before and after: of its value, only what differs."""

from collections.abc import Iterator, Sequence

from portalsync.catalog import field_of
from portalsync.catalog.kinds.audience import AudienceKind
from portalsync.catalog.kinds.basic import Text as TextKind
from portalsync.catalog.kinds.basic import on_one_line
from portalsync.catalog.kinds.localized import LocalizedText
from portalsync.catalog.kinds.localized_link import LocalizedLink
from portalsync.catalog.naming import settings_name, settings_wording, unit_of
from portalsync.catalog.option import Field
from portalsync.lexicon import Foreign, Lexicon, Text, joined, phrase
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.json_value import JSON
from portalsync.planning.diff import Difference, differences_within
from portalsync.views.report import cut
from portalsync.views.wording.passages import passage, unseen

_LONGEST = 160
"""Characters of a text that is set or taken away; the effect above quotes more of it."""


def edits_wording(
    edits: Sequence[Edit], lexicon: Lexicon, *, key: str = "plan.change"
) -> tuple[Text, tuple[Text, ...]]:
    """The one difference on one line; of several, what they are in, and a line for each of them. `key` is how
    it is told what is there `before` and `after`.
    """
    above = unit_of(edits[0].path)
    lines = [line for edit in edits for line in _lines(edit, above, lexicon, key)]
    if len(lines) > 1:
        return settings_name(above, lexicon), tuple(lines)
    return (settings_name(above, lexicon), " › ", lines[0]), ()


def _lines(edit: Edit, above: str, lexicon: Lexicon, key: str) -> Iterator[Text]:
    """A line for each difference in the value."""
    name = settings_name(edit.path, lexicon, within=above)
    match kind_of(edit.path), edit.before, edit.after:
        case LocalizedText() | LocalizedLink(), dict(before), dict(after):
            for each in _in_order(differences_within(before, after), lexicon):
                yield _text_line(key, (name, f" ({each.keys[0]})"), each.before, each.after, lexicon)
        case TextKind(), str(before), str(after):
            yield _text_line(key, name, before, after, lexicon)
        case AudienceKind(), dict(before), dict(after) if before.keys() == after.keys():
            yield name, ": ", joined(_tags(differences_within(before, after)), "; ")
        case _, before, after:
            sides = {
                "before": whole_value(edit.path, before, lexicon),
                "after": whole_value(edit.path, after, lexicon),
            }
            yield phrase(key, name=name, **sides)


def _in_order(found: Sequence[Difference], lexicon: Lexicon) -> list[Difference]:
    """The reader's language first."""
    return sorted(found, key=lambda each: (each.keys[0] != lexicon.locale, each.keys))


def _text_line(key: str, name: Text, before: JSON | Absent, after: JSON | Absent, lexicon: Lexicon) -> Text:
    """The passage that differs, and in what it does where an eye might miss it."""
    if not isinstance(before, str) or not isinstance(after, str):
        return phrase(key, name=name, before=_quoted(before, lexicon), after=_quoted(after, lexicon))
    difference, shown = unseen(before, after), passage(before, after)
    sides = {"before": _quoted(shown.before, lexicon), "after": _quoted(shown.after, lexicon)}
    if difference and sides["before"] == sides["after"]:
        return name, ": ", difference
    line = phrase(key, name=name, **sides)
    return (line, " (", difference, ")") if difference else line


def _quoted(text: JSON | Absent, lexicon: Lexicon) -> Foreign:
    if text is ABSENT:
        return Foreign(lexicon("values.not_set"))
    return Foreign(lexicon("values.quoted", text=on_one_line(str(text))))


def _tags(found: Sequence[Difference]) -> Iterator[Text]:
    """Tags that are asked for besides, and tags that are not any more."""
    for each in found:
        for side, tag in (("gone", each.before), ("new", each.after)):
            if tag is not ABSENT:
                tags = phrase(f"audience.{each.keys[0]}", tags=Foreign(str(tag)))
                yield phrase(f"plan.tags.{side}", tags=tags)


def whole_value(path: str, value: JSON | Absent, lexicon: Lexicon) -> Foreign:
    """The value as people read it, without most of long texts."""
    match kind_of(path), value:
        case LocalizedText(), dict(texts):
            value = {locale: _shortened(str(text), lexicon) for locale, text in texts.items()}
        case TextKind(), str(text):
            value = _shortened(text, lexicon)
    return Foreign(settings_wording(path, value, lexicon))


def _shortened(text: str, lexicon: Lexicon) -> str:
    return cut(on_one_line(text), _LONGEST, lexicon)


def kind_of(path: str) -> object:
    """What kind of value a setting has."""
    setting = field_of(path)
    return setting.kind if isinstance(setting, Field) else None
