"""What is done in one go, as a step in a person's words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portalsync.catalog import field_of
from portalsync.catalog.kinds.basic import Pattern
from portalsync.catalog.kinds.basic import Text as TextKind
from portalsync.catalog.kinds.image import Image
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.kinds.localized import LocalizedText
from portalsync.catalog.kinds.localized_link import LocalizedLink
from portalsync.catalog.option import Field
from portalsync.lexicon import Foreign, Lexicon, Text, joined, phrase
from portalsync.model.click_list import Action, Step, StepValue
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.effect import Effect, EffectKind
from portalsync.model.firm_plan import FirmPlan, Reason
from portalsync.model.json_value import JSON
from portalsync.model.page import Place
from portalsync.moments import moment
from portalsync.portal.markdown import to_plain
from portalsync.views.click_list.units import Unit, is_required
from portalsync.views.click_list.vendor_words import VendorWords
from portalsync.views.report import cut
from portalsync.views.wording.edits import kind_of
from portalsync.views.wording.effects import label_wording, places_wording

_LONGEST = 90
"""Characters of a text that stands beside its name; all of it is there to be copied."""
NOTHING = phrase("clicks.empty")
_COPIED = (TextKind, Pattern, Link)
_WITH_LANGUAGES = (LocalizedText, LocalizedLink)


def step_of(unit: Unit, part: FirmPlan, words: VendorWords, effects: Sequence[Effect]) -> Step:
    """`effects` are what clients notice once it is done."""
    return Step(
        id=f"{part.id}:{unit.path}",
        firm=part.id,
        page=words.page(unit.path).id,
        setting=words.name(unit.path),
        is_assumed=words.is_assumed(unit.path),
        action=unit.action,
        values=tuple(_values(unit, words)),
        source=next((each.source for each in unit.changes if each.source), ""),
        check=_check(unit, effects, words.lexicon),
        edits=unit.edits,
        notes=tuple(_notes(unit, part, words)),
    )


def _values(unit: Unit, words: VendorWords) -> Iterator[StepValue]:
    """A name for each, unless the step's own says it. Of what goes, by which it is known."""
    for change in unit.changes:
        path = change.edit.path
        if unit.action is not Action.REMOVE or is_required(path):
            name = "" if path == unit.path else words.short_name(path)
            values = _by_language(name, change.edit, words) or [_whole(name, change.edit, words)]
            yield from (replace(each, after="") if unit.action is Action.REMOVE else each for each in values)


def _by_language(name: Text, edit: Edit, words: VendorWords) -> list[StepValue]:
    """A text in several languages, each that differs by itself."""
    if not isinstance(kind_of(edit.path), _WITH_LANGUAGES):
        return []
    lexicon = words.lexicon
    before, after = (side if isinstance(side, dict) else {} for side in (edit.before, edit.after))
    differ = [tag for tag in before.keys() | after.keys() if before.get(tag) != after.get(tag)]
    return [
        _text(
            joined(filter(None, (name, lexicon.language(tag))), ", "),
            before.get(tag),
            after.get(tag),
            lexicon,
        )
        for tag in sorted(differ, key=lambda tag: (tag != lexicon.locale, tag))
    ]


def _text(name: Text, before: JSON | Absent, after: JSON | Absent, lexicon: Lexicon) -> StepValue:
    copied = after if isinstance(after, str) else ""
    return StepValue(name, _quoted(before, lexicon), _quoted(after, lexicon), copied)


def _quoted(text: JSON | Absent, lexicon: Lexicon) -> Text:
    if not isinstance(text, str):
        return NOTHING
    return Foreign(lexicon("values.quoted", text=cut(text, _LONGEST, lexicon)))


def _whole(name: Text, edit: Edit, words: VendorWords) -> StepValue:
    field, sides = field_of(edit.path), (edit.before, edit.after)
    if isinstance(field, Field) and isinstance(field.kind, _COPIED) and not field.refers_to:
        return _text(name, *sides, words.lexicon)
    before, after = (words.value(edit.path, side) for side in sides)
    return StepValue(name, before, after)


def _check(unit: Unit, effects: Sequence[Effect], lexicon: Lexicon) -> Text:
    """What the page says when it is opened again, and what clients see of it at once."""
    looks = phrase(f"clicks.check.{unit.action}")
    seen = tuple(_seen(effects, lexicon))
    return (looks, " ", phrase("clicks.check.clients", what=joined(seen, "; "))) if seen else looks


def _seen(effects: Sequence[Effect], lexicon: Lexicon) -> Iterator[Text]:
    together: dict[tuple[EffectKind, Text], list[Place]] = {}
    for effect in effects:
        together.setdefault((effect.kind, label_wording(effect.labels, lexicon)), []).append(effect.place)
    for (kind, label), places in together.items():
        where = places_wording([*dict.fromkeys(places)], lexicon)
        yield phrase(f"clicks.seen.{kind}", places=where, label=label)


def _notes(unit: Unit, part: FirmPlan, words: VendorWords) -> Iterator[Text]:
    if words.vendor and (missing := [*_missing(unit, words)]):
        yield phrase("clicks.missing", vendor=Foreign(words.vendor.name), what=joined(missing))
    if note := words.note(unit.path):
        yield note
    kinds = [kind_of(each.edit.path) for each in unit.changes if each.edit.after is not ABSENT]
    if any(isinstance(kind, Image) for kind in kinds):
        yield phrase("clicks.picture")
    if any(_is_formatted(each.edit) for each in unit.changes):
        yield phrase("clicks.markdown")
    if any(each.reason is Reason.REMOVED for each in unit.changes):
        yield phrase("plan.why.removed")
    for hand in {each.undoes for each in unit.changes if each.undoes}:
        at = moment(hand.at, part.time_zone) if hand.at else ""
        yield phrase("plan.why.undoes", at=at, actor=Foreign(hand.actor)) if at else phrase("plan.why.drift")


def _is_formatted(edit: Edit) -> bool:
    """Whether a text has marks that mean more than themselves."""
    kind = kind_of(edit.path)
    texts = kind.markdown_texts(edit.after).values() if isinstance(kind, Kind) and edit.after else ()
    return any(to_plain(text).split() != text.split() for text in texts)


def _missing(unit: Unit, words: VendorWords) -> Iterator[Text]:
    """What the vendor's portal is not known to have."""
    if unit.action is not Action.REMOVE:
        paths = (each.edit.path for each in unit.changes)
        yield from (words.short_name(path) for path in paths if not words.is_known(path))
