"""Entries that have another id: said as that, and where it only looks so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from portalsync.catalog.files.layers import PREVIOUSLY
from portalsync.catalog.naming import settings_name, unit_of
from portalsync.catalog.normal import is_same
from portalsync.lexicon import Foreign, Lexicon, counted, how_many, phrase
from portalsync.model.edit import ABSENT
from portalsync.model.firm_plan import FirmPlan, Rename
from portalsync.model.json_value import JSON
from portalsync.views.report import Item, Tone
from portalsync.views.wording.names import first_names

_SHOWN = 5
_Firm: TypeAlias = tuple[str, tuple[str, ...]]
"""Its name, and what portalsync manages of it."""


@dataclass
class RenameDesk:
    """Takes the parts of a plan, each once: what has another id from now on, and what seems to."""

    _said: dict[Rename, list[str]] = field(default_factory=dict)
    _seeming: dict[Rename, list[str]] = field(default_factory=dict)
    _gone: dict[_Firm, str] = field(default_factory=dict)
    _come: dict[_Firm, str] = field(default_factory=dict)
    """Firms that are let go of and taken over, by what they are recognised by."""

    def take(self, part: FirmPlan, firm: str) -> None:
        for rename in part.renames:
            self._said.setdefault(rename, []).append(firm)
        for rename in _alike(part):
            self._seeming.setdefault(rename, []).append(firm)
        if not part.managed:
            self._gone[part.name, part.managed_before] = part.id
        elif not part.managed_before:
            self._come[part.name, part.managed] = part.id

    def items(self, lexicon: Lexicon) -> Iterator[Item]:
        """In the head of the plan, each once."""
        yield from _items("plan.renamed", Tone.CHANGE, self._said, lexicon)
        yield from _items("plan.seems_renamed", Tone.NOTE, self._seeming, lexicon)
        for alike in [each for each in self._gone if each in self._come][:_SHOWN]:
            ids = _ids(self._gone[alike], self._come[alike])
            yield Item(Tone.NOTE, phrase("plan.firm_seems_renamed", name=Foreign(alike[0]), **ids))


def _items(key: str, tone: Tone, renames: Mapping[Rename, list[str]], lexicon: Lexicon) -> Iterator[Item]:
    most = how_many(len(renames), _SHOWN)
    for rename, firms in [*renames.items()][:most]:
        ids = _ids(rename.was.rpartition(".")[2], rename.now.rpartition(".")[2])
        list_name = settings_name(rename.now.rpartition(".")[0], lexicon)
        yield Item(tone, phrase(key, list=list_name, firms=first_names(firms), **ids))
    if (rest := len(renames) - most) > 0:
        yield Item(tone, counted("plan.more_renames", rest))


def _ids(was: str, now: str) -> Mapping[str, Foreign]:
    """Both ids, and what is typed where one is the other."""
    return {"was": Foreign(was), "now": Foreign(now), "typed": Foreign(f"{PREVIOUSLY}: {was}")}


def _alike(part: FirmPlan) -> Iterator[Rename]:
    """An entry that goes, and one that comes with the same in it."""
    if all(edit.before is ABSENT or edit.after is not ABSENT for edit in part.edits):
        return
    gone, come = dict[str, dict[str, JSON]](), dict[str, dict[str, JSON]]()
    said = {path for rename in part.renames for path in (rename.was, rename.now)}
    for edit in part.edits:
        entry = unit_of(edit.path)
        if "." not in entry or entry in said:
            continue
        if edit.after is ABSENT and edit.before is not ABSENT:
            gone.setdefault(entry, {})[edit.path.removeprefix(entry)] = edit.before
        elif edit.before is ABSENT and edit.after is not ABSENT:
            come.setdefault(entry, {})[edit.path.removeprefix(entry)] = edit.after
    for now, fields in come.items():
        was = next((each for each, before in gone.items() if _same(each, before, now, fields)), None)
        if was is not None:
            del gone[was]
            yield Rename(was, now)


def _same(was: str, before: Mapping[str, JSON], now: str, after: Mapping[str, JSON]) -> bool:
    same_list = was.rpartition(".")[0] == now.rpartition(".")[0]
    return (
        same_list
        and before.keys() == after.keys()
        and all(is_same(f"{now}{name}", before[name], after[name]) for name in after)
    )
