"""What each layer says of a setting, and which of them has the last word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from pathlib import PurePath
from typing import Annotated, TypeAlias

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.files.layers import DEFAULTS, FIRM, GROUP
from portalsync.catalog.option import Field, ListField
from portalsync.config.document import Document
from portalsync.config.ignored import ignoring
from portalsync.diagnostics import Position
from portalsync.model.annotations import Doc
from portalsync.model.desired import Desired, Statement
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON
from portalsync.model.settings import parents

Where: TypeAlias = Callable[[Position], str]
"""How a position is named to whoever reads of it."""


def below(root: str) -> Where:
    """As seen from where the configuration is `root`."""
    return lambda position: str(replace(position, file=str(PurePath(root, position.file))))


class Act(StrEnum):
    """What a layer does to a setting."""

    SETS = "sets"
    UNSETS = "unsets"
    """Not set on the portal: managed, and without a value."""
    LEAVES = "leaves"
    """`null`: nothing that lower layers say is inherited; the portal keeps what it has."""
    REMOVES = "removes"
    """The entry of a list goes, and the setting with it."""
    OMITS = "omits"
    """The list is the whole truth, and says nothing of it."""
    IGNORES = "ignores"
    """`ignore:` leaves it to others, whatever layers say."""
    LISTS = "lists"
    """Of a list itself: it is named here as the whole truth."""


@dataclass(frozen=True, slots=True)
class LayerWord:
    """What one layer says of a setting."""

    layer: Annotated[str, Doc("`defaults`, `group <id>` or `firm <id>`.")]
    source: Annotated[str, Doc("The file, as seen from where the command ran, with line and column.")]
    act: Annotated[
        Act,
        Doc(
            "sets: it has this value. unsets: it is not set on the portal. leaves: the portal keeps what it "
            "has. removes: its entry goes. omits: its list is the whole truth and says nothing of it. "
            "ignores: it is left to others. "
            "lists: of a list, which entries there are."
        ),
    ]
    value: Annotated[JSON | Absent, Doc("The value; no key where the layer gives none.")] = ABSENT


@dataclass(frozen=True)
class LayerStack:
    """What the layers of a firm say. `taken` have the lines by which something is left to others. Positions
    are looked up for what somebody asks for.
    """

    desired: Desired
    where: Where
    taken: Mapping[str, Document] = field(default_factory=dict)

    def words(self, path: str) -> tuple[LayerWord, ...]:
        """Of a setting, lowest first: the last one has its way. None where nobody manages it and nobody said
        that it is to be left alone.
        """
        stated = self._stated(path)
        # An entry that goes from a list of the portal's own is dropped, and then unset field by field.
        once = (
            each
            for index, each in enumerate(stated)
            if not any(_is_same_line(each, later) for later in stated[index + 1 :])
        )
        words = (*map(self._word, once), self._of_the_list(path, stated), self._ignores(path))
        return tuple(filter(None, words))

    def last(self, path: str) -> LayerWord | None:
        """The one that has its way."""
        if word := self._ignores(path):
            return word
        stated = self._stated(path)
        return self._of_the_list(path, stated) or (self._word(stated[-1]) if stated else None)

    @cached_property
    def _by_path(self) -> Mapping[str, Sequence[tuple[int, Statement]]]:
        found: dict[str, list[tuple[int, Statement]]] = {}
        for numbered in enumerate(self.desired.statements):
            found.setdefault(numbered[1].path, []).append(numbered)
        return found

    def _stated(self, path: str) -> list[Statement]:
        """At the path, or of all around it, lowest first."""
        numbered = [one for each in (path, *parents(path)) for one in self._by_path.get(each, ())]
        return [each for _, each in sorted(numbered, key=itemgetter(0))]

    def _word(self, stated: Statement) -> LayerWord:
        return LayerWord(stated.layer, self.where(stated.position), _act(stated), _value(stated))

    def _of_the_list(self, path: str, stated: Sequence[Statement]) -> LayerWord | None:
        """The list that is the whole truth, where no layer had a word on the setting after it."""
        desired = self.desired
        claim = desired.managed.covering(path if f"{path}.*" not in desired.claims else f"{path}.x")
        if claim is None or not claim.endswith(".*") or path in desired.values:
            return None
        if stated and _act(stated[-1]) is not Act.LEAVES:
            return None
        position = desired.claims[claim].value
        act = Act.LISTS if claim == f"{path}.*" else Act.OMITS
        return LayerWord(layer_of(position.file), self.where(position), act)

    def _ignores(self, path: str) -> LayerWord | None:
        if path not in self.desired.ignored:
            return None
        found = ignoring(self.taken, path)
        layer, source = (found[0], self.where(found[1])) if found else ("", "")
        return LayerWord(layer, source, Act.IGNORES)


def is_setting(path: str) -> bool:
    """Whether it is the path of a field, and not of a list, an entry or nothing at all."""
    return isinstance(FIELDS.get(pattern_of(path)), Field)


def layer_of(file: str) -> str:
    """The name of the layer that a file of a configuration is; empty if it is none."""
    if file == DEFAULTS.file:
        return "defaults"
    folder, _, name = file.partition("/")
    known = next((kind for kind in (GROUP, FIRM) if kind.folder == folder), None)
    return f"{known.name} {name.removesuffix('.yaml')}" if known else ""


def _is_same_line(one: Statement, later: Statement) -> bool:
    return one.value is None and later.layer == one.layer and later.position == one.position


def _value(each: Statement) -> JSON | Absent:
    return ABSENT if each.value is None else each.value


def _act(each: Statement) -> Act:
    if each.value is ABSENT:
        return Act.UNSETS
    if each.value is not None:
        return Act.SETS
    around = each.path.rpartition(".")[0]
    is_entry = bool(around) and isinstance(FIELDS.get(pattern_of(around)), ListField)
    return Act.REMOVES if is_entry else Act.LEAVES
