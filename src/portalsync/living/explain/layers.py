"""What each layer says of a setting, and which of them has the last word."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType
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


def layer_words(
    desired: Desired, path: str, where: Where, layers: Mapping[str, Document] = MappingProxyType({})
) -> tuple[LayerWord, ...]:
    """What the layers say, lowest first: the last one has its way. None where nobody manages the setting and
    nobody said that it is to be left alone. `layers` have the lines by which it is left to others.
    """
    words = [*_stated(desired, path, where)]
    claim = desired.managed.covering(path if f"{path}.*" not in desired.claims else f"{path}.x")
    is_listed = claim is not None and claim.endswith(".*") and path not in desired.values
    if claim is not None and is_listed and (not words or words[-1].act is Act.LEAVES):
        position = desired.claims[claim].value
        act = Act.LISTS if claim == f"{path}.*" else Act.OMITS
        words.append(LayerWord(layer_of(position.file), where(position), act))
    if path in desired.ignored:
        words.append(_ignores(layers, path, where))
    return tuple(words)


def _ignores(layers: Mapping[str, Document], path: str, where: Where) -> LayerWord:
    found = ignoring(layers, path)
    return LayerWord(found[0], where(found[1]), Act.IGNORES) if found else LayerWord("", "", Act.IGNORES)


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


def _stated(desired: Desired, path: str, where: Where) -> Iterator[LayerWord]:
    """At the path, or of all around it."""
    concerned = {path, *parents(path)}
    stated = [each for each in desired.statements if each.path in concerned]
    for index, each in enumerate(stated):
        # An entry that goes from a list of the portal's own is dropped, and then unset field by field.
        if not any(_is_same_line(each, later) for later in stated[index + 1 :]):
            yield LayerWord(each.layer, where(each.position), _act(each), _value(each))


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
