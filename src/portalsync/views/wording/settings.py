"""Changes -> items: the settings behind the effects, with the line that says so."""

import json
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from portalsync.catalog.naming import order_of, unit_of
from portalsync.catalog.renames import net_changes
from portalsync.lexicon import Foreign, Lexicon, Text, phrase
from portalsync.model.canonical import canonical, short_digest
from portalsync.model.codec import decode, encode
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.firm_plan import FirmPlan, HandEdit, Reason
from portalsync.model.news import NewsFirm
from portalsync.model.remembered import Remembered
from portalsync.views.report import Item, Section, Tone, first_source
from portalsync.views.wording.edits import edits_wording
from portalsync.views.wording.firms import PlannedFirms, firms_moment


@dataclass(slots=True)
class _Alike:
    """One change, the firms that have it, and the lines that say so. Its edit is kept packed: thousands of
    firms have some of their own.
    """

    path: str
    packed: bytes
    reason: Reason
    undoes: HandEdit | None
    source: str
    firms: list[NewsFirm] = field(default_factory=list)
    others: dict[str, None] | None = None
    """Further lines."""

    @property
    def edit(self) -> Edit:
        return decode(Edit, json.loads(self.packed))

    def add(self, firm: NewsFirm, source: str) -> None:
        self.firms.append(firm)
        if source != self.source:
            self.others = self.others or {}
            self.others[source] = None

    def sources(self) -> Sequence[str]:
        return (self.source, *(self.others or ()))


@dataclass
class SettingsDesk:
    """Takes the parts of a plan, each once; what changes alike in several firms is kept once."""

    _alike: dict[Hashable, _Alike] = field(default_factory=dict)
    _edits: Remembered[Edit, str] = field(default_factory=lambda: Remembered(_edit_key))

    def take(self, part: FirmPlan, firm: NewsFirm) -> None:
        for change in net_changes(part):
            edit, reason, undoes = change.edit, change.reason, change.undoes
            key = (self._edits(edit), reason, undoes)
            alike = self._alike.get(key)
            if alike is None:
                packed = canonical(encode(edit))
                alike = self._alike[key] = _Alike(edit.path, packed, reason, undoes, change.source)
            alike.add(firm, change.source)

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
        units.setdefault((unit_of(alike.path), alike.reason is Reason.REMOVED, alike.undoes), []).append(
            alike
        )
    for unit in units.values():
        unit.sort(key=lambda alike: order_of(alike.path))
        yield _item(unit, lexicon)


def _item(unit: Sequence[_Alike], lexicon: Lexicon) -> Item:
    edits = [alike.edit for alike in unit]
    heading, lines = edits_wording(edits, lexicon)
    source = first_source(source for alike in unit for source in alike.sources())
    return Item(_tone(edits), heading, notes=(*lines, *_why(unit[0])), source=source)


def _tone(edits: Sequence[Edit]) -> Tone:
    if all(edit.after is ABSENT for edit in edits):
        return Tone.REMOVE
    return Tone.ADD if all(edit.before is ABSENT for edit in edits) else Tone.CHANGE


def _why(alike: _Alike) -> Iterator[Text]:
    if alike.reason is Reason.REMOVED:
        yield phrase("plan.why.removed")
    if alike.undoes and alike.undoes.at:
        at = firms_moment(alike.undoes.at, alike.firms)
        yield phrase("plan.why.undoes", at=at, actor=Foreign(alike.undoes.actor))
    elif alike.undoes:
        yield phrase("plan.why.drift")
