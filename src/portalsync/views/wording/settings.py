"""Changes -> items: the settings behind the effects, with the line that says so."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.naming import order_of, unit_of
from portalsync.catalog.renames import net_changes
from portalsync.lexicon import Foreign, Lexicon, Text, phrase
from portalsync.model.canonical import short_digest
from portalsync.model.codec import encode
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.news import NewsFirm
from portalsync.model.plan import Change, FirmPlan, Reason
from portalsync.model.remembered import Remembered
from portalsync.views.report import Item, Section, Tone, first_source
from portalsync.views.wording.edits import edits_wording
from portalsync.views.wording.firms import PlannedFirms, firms_moment


@dataclass
class _Alike:
    """One change, the firms that have it, and the lines that say so."""

    change: Change
    firms: list[NewsFirm] = field(default_factory=list)
    sources: dict[str, None] = field(default_factory=dict)


@dataclass
class SettingsDesk:
    """Takes the parts of a plan, each once; what changes alike in several firms is kept once."""

    _alike: dict[Hashable, _Alike] = field(default_factory=dict)
    _edits: Remembered[Edit, str] = field(default_factory=lambda: Remembered(_edit_key))

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        for change in net_changes(part):
            key = (self._edits(change.edit), change.reason, change.undoes)
            alike = self._alike.get(key)
            if alike is None:
                alike = self._alike[key] = _Alike(change)
            alike.firms.append(firm)
            alike.sources.setdefault(change.source)

    def sections(self, among: PlannedFirms, lexicon: Lexicon) -> Iterator[Section]:
        """What many firms share first, then each firm's own."""
        together: dict[tuple[str, ...], list[_Alike]] = {}
        for alike in self._alike.values():
            together.setdefault(tuple(firm.id for firm in alike.firms), []).append(alike)
        if together:
            yield Section(phrase("plan.changes"), ())
        for firms, found in sorted(together.items(), key=lambda group: (-len(group[0]), group[0])):
            del firms
            yield Section(among.alike(found[0].firms), tuple(_items(found, lexicon)), level=2)


def _edit_key(edit: Edit) -> str:
    """Equal for edits that are told alike; short, whatever they say."""
    return short_digest(encode(edit))


def _items(found: Sequence[_Alike], lexicon: Lexicon) -> Iterator[Item]:
    """Settings of one option, or of one entry of a list, stand below its name."""
    units: dict[Hashable, list[_Alike]] = {}
    for alike in found:
        units.setdefault((unit_of(alike.change.edit.path), _why_key(alike.change)), []).append(alike)
    for unit in units.values():
        unit.sort(key=lambda alike: order_of(alike.change.edit.path))
        yield _item(unit, lexicon)


def _why_key(change: Change) -> Hashable:
    return change.reason is Reason.REMOVED, change.undoes


def _item(unit: Sequence[_Alike], lexicon: Lexicon) -> Item:
    edits = [alike.change.edit for alike in unit]
    heading, lines = edits_wording(edits, lexicon)
    source = first_source(source for alike in unit for source in alike.sources)
    return Item(_tone(edits), heading, notes=(*lines, *_why(unit[0])), source=source)


def _tone(edits: Sequence[Edit]) -> Tone:
    if all(edit.after is ABSENT for edit in edits):
        return Tone.REMOVE
    return Tone.ADD if all(edit.before is ABSENT for edit in edits) else Tone.CHANGE


def _why(alike: _Alike) -> Iterator[Text]:
    change = alike.change
    if change.reason is Reason.REMOVED:
        yield phrase("plan.why.removed")
    if change.undoes and change.undoes.at:
        at = firms_moment(change.undoes.at, alike.firms)
        yield phrase("plan.why.undoes", at=at, actor=Foreign(change.undoes.actor))
    elif change.undoes:
        yield phrase("plan.why.drift")
