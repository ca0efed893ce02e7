"""Changes -> items: the settings behind the effects, with the line that says so."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.catalog.naming import settings_name, settings_wording
from portalsync.lexicon import Foreign, Lexicon, Text, phrase
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Absent, Edit
from portalsync.model.json_value import JSON
from portalsync.model.plan import Change, FirmPlan, Reason
from portalsync.views.report import Item, Section, Tone
from portalsync.views.wording.effects import firm_names, firms_moment


def settings_sections(firms: Iterable[FirmPlan], lexicon: Lexicon) -> Iterator[Section]:
    """Line by line; what changes alike in several firms stands once, above each firm's own."""
    alike: dict[bytes, tuple[Change, list[FirmPlan]]] = {}
    for firm in firms:
        for change in firm.changes:
            alike.setdefault(canonical(encode(change)), (change, []))[1].append(firm)
    together: dict[tuple[str, ...], tuple[list[FirmPlan], list[Change]]] = {}
    for change, found in alike.values():
        together.setdefault(tuple(firm.id for firm in found), (found, []))[1].append(change)
    if together:
        yield Section(phrase("plan.changes"), ())
    for found, changes in sorted(together.values(), key=lambda group: (-len(group[0]), group[0][0].id)):
        yield Section(firm_names(found), tuple(_items(changes, found, lexicon)), level=2)


def _items(changes: Sequence[Change], firms: Sequence[FirmPlan], lexicon: Lexicon) -> Iterator[Item]:
    for change in changes:
        edit = change.edit
        yield Item(
            _tone(edit),
            phrase(
                "plan.change",
                name=settings_name(edit.path, lexicon),
                before=worded(edit.path, edit.before, lexicon),
                after=worded(edit.path, edit.after, lexicon),
            ),
            notes=tuple(_why(change, firms)),
            source=change.source,
        )


def _tone(edit: Edit) -> Tone:
    if edit.after is ABSENT:
        return Tone.REMOVE
    return Tone.ADD if edit.before is ABSENT else Tone.CHANGE


def _why(change: Change, firms: Sequence[FirmPlan]) -> Iterator[Text]:
    if change.reason is Reason.REMOVED:
        yield phrase("plan.why.removed")
    if change.undoes and change.undoes.at:
        actor = Foreign(change.undoes.actor)
        at = firms_moment(change.undoes.at, firms)
        yield phrase("plan.why.undoes", at=at, actor=actor)
    elif change.undoes:
        yield phrase("plan.why.drift")


def worded(path: str, value: JSON | Absent, lexicon: Lexicon) -> Foreign:
    """The value of a setting as people read it."""
    words = lexicon("values.not_set") if value is ABSENT else settings_wording(path, value, lexicon)
    return Foreign(words)
