"""Edits of what a layer says of settings paths: first in its data, then in its text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portalsync.catalog import FIELDS, OPTIONS, SECTIONS
from portalsync.catalog.option import AnyField, Authority, ListField
from portalsync.catalog.profile import PROFILE
from portalsync.catalog.unset import UNSET, is_unset
from portalsync.config.edit.rewrite import rewritten
from portalsync.config.yaml import parse
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON, JSONObject

NOT_SET: Final[JSONObject] = {UNSET: True}
REMOVED: Final[JSONObject] = {"remove": True}


@dataclass(frozen=True, slots=True)
class LayerEdit:
    """What a layer is to say of a settings path, as its file spells it: a value (of a picture, its file),
    null, `NOT_SET`; of an entry of a list `REMOVED`, or its fields. Absent: nothing, the statement goes.
    """

    path: str
    value: JSON | Absent


def layer_edited(content: bytes, file: str, edits: Iterable[LayerEdit]) -> bytes:
    """The file of a layer after the edits, with nothing else changed. InvalidConfig if it cannot be read."""
    data = parse(content, file).data
    for edit in edits:
        data = with_edit(data, edit)
    return rewritten(content, file, data)


def said_in(data: JSON, path: str) -> JSON | Absent:
    """What a layer says of a settings path, as its file spells it; absent if it says nothing of just that."""
    value = data
    for step in _steps(path):
        if isinstance(value, list):
            value = next((each for each in value if isinstance(each, dict) and each.get("id") == step), None)
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return ABSENT
    return value


def _steps(path: str) -> Sequence[str]:
    """The keys that lead to a setting in a layer, and ids of entries."""
    steps = path.split(".")
    return steps if steps[0] == PROFILE.key else ["options", *steps]


def with_edit(data: JSON, edit: LayerEdit) -> JSON:
    """The data of a layer after one edit. What is left empty and says nothing then goes too."""
    edited = _edited(data, _steps(edit.path), edit.value, _FILE)
    assert edited is not ABSENT  # noqa: S101 - a file says at least what it is
    return edited


@dataclass(frozen=True, slots=True)
class _Level:
    """What a mapping of a layer can hold: its keys in order, and the field whose value each is."""

    keys: Sequence[str]
    prefix: str

    def below(self, key: str) -> "_Level":
        if self is _FILE and key == "options":
            return _Level([option.key for option in OPTIONS], "")
        path = f"{self.prefix}{key}"
        section = next((each for each in SECTIONS if each.key == path), None)
        return _Level([each.name for each in section.all_fields] if section else (), f"{path}.")

    def entry(self, key: str, field: ListField) -> "_Level":
        return _Level(("id", *(each.name for each in field.fields)), f"{self.prefix}{key}.*.")

    def field(self, key: str) -> AnyField | None:
        return FIELDS.get(f"{self.prefix}{key}")


_FILE = _Level(("apiVersion", "kind", "id", "groups", "previously", "sample", PROFILE.key, "options"), "")


def _edited(
    before: JSON | Absent, steps: Sequence[str], value: JSON | Absent, level: _Level
) -> JSON | Absent:
    """The mapping at a level, with another value at the steps below it."""
    key, *rest = steps
    known = _spread(before, level.keys)
    field = level.field(key)
    old: JSON | Absent = known.get(key, ABSENT)
    if not rest:
        new = value
    elif isinstance(field, ListField):
        new = _entries_edited(old, rest, value, level.entry(key, field), field)
    else:
        new = _edited(old, rest, value, level.below(key))
    if new is ABSENT and old is ABSENT:
        return before
    return _with(known, key, new, level.keys) or ABSENT


def _spread(before: JSON | Absent, keys: Sequence[str]) -> dict[str, JSON]:
    """What a mapping says key by key, also where it says one thing of all of them."""
    if isinstance(before, dict) and not is_unset(before):
        return before
    return {} if before is ABSENT else dict.fromkeys(keys, before)


def _with(known: dict[str, JSON], key: str, value: JSON | Absent, order: Sequence[str]) -> dict[str, JSON]:
    """A new key comes behind those that it follows in the order of the catalogue."""
    if value is ABSENT or key in known:
        changed = {**known, key: value}
        return {name: each for name, each in changed.items() if each is not ABSENT}
    earlier = set(order[: order.index(key)])
    behind = max((number for number, name in enumerate(known, 1) if name in earlier), default=0)
    items = [*known.items()]
    return dict([*items[:behind], (key, value), *items[behind:]])


def _entries_edited(
    before: JSON | Absent, steps: Sequence[str], value: JSON | Absent, level: _Level, field: ListField
) -> JSON | Absent:
    """The list, with something else said of one of its entries."""
    name, *rest = steps
    entries: list[Any] = before if isinstance(before, list) else []
    old: dict[str, JSON] | None = next((each for each in entries if each["id"] == name), None)
    new = _entry_edited(old, name, rest, value, level)
    says_nothing = new is not None and field.authority is Authority.ADDITIVE and len(new) == 1
    if new == old or (old is None and new is None):
        return before
    changed = [*_replaced(entries, old, None if says_nothing else new)]
    is_needless = not changed and field.authority is Authority.ADDITIVE
    return ABSENT if is_needless else changed


def _entry_edited(
    old: dict[str, JSON] | None, name: str, steps: Sequence[str], value: JSON | Absent, level: _Level
) -> dict[str, JSON] | None:
    if not steps:
        return {"id": name, **value} if isinstance(value, dict) else None
    kept = {key: each for key, each in (old or {"id": name}).items() if key not in REMOVED}
    if value is ABSENT and (old is None or kept != old):
        return old
    edited = _edited(kept, steps, value, level)
    assert isinstance(edited, dict)  # noqa: S101 - its id stays
    return edited


def _replaced(entries: Iterable[JSON], old: JSON, new: JSON) -> Iterator[JSON]:
    if old is None:
        yield from entries
        yield new
        return
    for each in entries:
        if each is not old:
            yield each
        elif new is not None:
            yield new
