"""Layers as dicts of the shape that their YAML has, and what makes a configuration of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from tests.held_files import held_file
from tests.laws.values import ASSETS, IDS, values

from portalsync.catalog import FIELDS, OPTIONS, field_of
from portalsync.catalog.option import AnyField, Authority, Field, ListField, Option
from portalsync.catalog.profile import PROFILE
from portalsync.catalog.unset import UNSET, is_unset
from portalsync.config.discover import ConfigFolder
from portalsync.config.document import accepted, by_name
from portalsync.config.file import ConfigFile
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig, assembled
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.model.desired import Desired
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.settings import parents
from portalsync.pipeline.firm_files import Pictures

FIRM = "linden"
CHANCE = st.randoms(use_true_random=True)
"""Chance from one seed: hypothesis' own way of drawing repeats itself too much in data this large."""

WORDY = st.integers(1, 7)
"""How much layers say, in eighths; what hypothesis makes small when it has found something."""

Body = dict[str, Any]

_NETWORK: JSONObject = {
    "apiVersion": "portalsync/v1",
    "kind": "Network",
    "name": "Laws",
    "default_environment": "local",
    "environments": {"local": {"backend": "embedded", "database": "portal.db"}},
}


@dataclass(frozen=True)
class Layers:
    """What sets one firm's options: `defaults`, groups in their order, and the firm's own file."""

    defaults: Body = field(default_factory=dict)
    groups: tuple[Body, ...] = ()
    firm: Body = field(default_factory=dict)

    def files(self) -> dict[str, JSON]:
        """Documents by the names of their files."""
        named = {f"group-{index}": body for index, body in enumerate(self.groups)}
        return {
            "portalsync.yaml": _NETWORK,
            "defaults.yaml": _document("Defaults", self.defaults),
            **{f"groups/{name}.yaml": _document("Group", body, id=name) for name, body in named.items()},
            f"firms/{FIRM}.yaml": _document("Firm", self.firm, id=FIRM, groups=[*named]),
        }


def _document(kind: str, body: Body, **more: JSON) -> JSONObject:
    return {"apiVersion": "portalsync/v1", "kind": kind, **more, **body}


def folder(files: Mapping[str, JSON]) -> ConfigFolder:
    """Documents as if they had been read from files; JSON is YAML."""
    return ConfigFolder(
        Path(),
        tuple(config_file(name, _json(data)) for name, data in files.items()),
        tuple(config_file(name, content) for name, content in ASSETS.items()),
    )


def config_file(name: str, content: bytes) -> ConfigFile:
    kinds = {"groups": "group", "firms": "firm", "personas": "persona", "facts": "facts", "assets": "asset"}
    path = Path(name)
    kind = kinds.get(path.parts[0], "network" if path.stem == "portalsync" else "defaults")
    return held_file(name, kind, content)


def _json(data: JSON) -> bytes:
    """JSON that is YAML: what must not stand in a file as it is, is written as its number."""
    text = json.dumps(data, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text).encode()


def read(files: Mapping[str, JSON]) -> ValidConfig:
    """All of it, whatever it resolves to. InvalidConfig for what a schema refuses."""
    found = folder(files)
    documents, wrong = accepted(by_name(found.files))
    if wrong:
        raise InvalidConfig(wrong)
    return assembled(documents, Pictures(found.assets))


def resolved(layers: Layers) -> tuple[Desired, list[Diagnostic]]:
    return resolve(read(layers.files()), FIRM)


def layers(chance: Random, wordy: int) -> Layers:
    """Upon defaults that could stand alone, groups and a firm that set, stop and remove."""
    groups = [layer(chance, wordy) for _ in range(chance.randrange(3))]
    return Layers(layer(chance, wordy, whole=True), tuple(groups), layer(chance, wordy))


def layer(chance: Random, wordy: int, *, whole: bool = False) -> Body:
    """One layer. A `whole` one gives values only, and no entry lacks what it needs."""
    return _Pen(chance, wordy, whole=whole).body()


def retouched(chance: Random, known: Layers) -> Layers:
    """The same layers but for a few words in the firm's own."""
    return replace(known, firm=upon(known.firm, layer(chance, 1)))


@dataclass(frozen=True)
class _Pen:
    """Writes a layer; it says each thing with a chance of `wordy` in 8."""

    chance: Random
    wordy: int
    whole: bool

    def body(self) -> Body:
        profile = {PROFILE.key: self.section(PROFILE)} if self.says() else {}
        options = {option.key: self.section(option) for option in OPTIONS if self.says()}
        stops = self.stops() and self.stops()
        return {**profile, "options": None if stops else options}

    def section(self, option: Option) -> Body | None:
        if self.stops():
            return self.chance.choice((None, {UNSET: True}))
        return self.fields(option.all_fields, option.key)

    def fields(self, fields: Iterable[AnyField], prefix: str) -> Body:
        written = {}
        for each in fields:
            needed = isinstance(each, Field) and each.required and (self.whole or self.says())
            if needed or self.says():
                written[each.name] = self.value(each, f"{prefix}.{each.name}")
        return written

    def value(self, each: AnyField, pattern: str) -> Any:
        takes_away = none_of(each, pattern)
        if takes_away and self.stops():
            return self.chance.choice(takes_away)
        if isinstance(each, Field):
            return self.chance.choice(values(pattern))
        ids = self.chance.sample(IDS, self.chance.randint(0, len(IDS)))
        return [{"id": id_, **self.entry(each, f"{pattern}.*")} for id_ in ids]

    def entry(self, each: ListField, pattern: str) -> Body:
        return {"remove": True} if self.stops() else self.fields(each.fields, pattern)

    def says(self) -> bool:
        return self.chance.randrange(8) < self.wordy

    def stops(self) -> bool:
        return not self.whole and not self.chance.randrange(12)


def none_of(each: AnyField, pattern: str) -> list[Body | None]:
    """What a layer may write where it gives no value: that it does not inherit one, or that there is none."""
    around = (FIELDS[path] for path in parents(pattern) if path in FIELDS)
    is_whole = any(isinstance(it, ListField) and it.authority is Authority.AUTHORITATIVE for it in around)
    is_needed = isinstance(each, Field) and each.required
    return [*([] if is_whole else [None]), *([] if is_needed else [{UNSET: True}])]


def upon(below: Any, above: Any) -> Any:
    """Two layers in one: mappings by their keys, lists of entries by their ids."""
    if is_unset(below) or is_unset(above):
        return above
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: upon(below.get(key), value) for key, value in above.items()}}
    if isinstance(below, list) and isinstance(above, list) and _are_entries(below) and _are_entries(above):
        entries = {entry["id"]: entry for entry in below}
        for entry in above:
            gone = entry.get("remove") or entries.get(entry["id"], {}).get("remove")
            entries[entry["id"]] = entry if gone else upon(entries.get(entry["id"]), entry)
        return [*entries.values()]
    return above


def _are_entries(items: list[Any]) -> bool:
    return all(isinstance(item, dict) for item in items)


def without(body: Body, path: str) -> Body:
    """The layer with the last word against a settings path: the entry that holds it goes, or the
    field stops inheriting; said once already, the option does.
    """
    key, *rest = path.split(".")
    profile = dict(body.get("profile") or {})
    options = dict(body.get("options") or {})
    holder, name = (body, "profile") if key == PROFILE.key else (options, key)
    section = profile if key == PROFILE.key else dict(options.get(key) or {})
    section.pop(UNSET, None)
    stopped = holder.get(name, {}) is None or not _stop(section, key, rest)
    changed = None if stopped else section
    if key == PROFILE.key:
        return {**body, "profile": changed}
    return {**body, "options": {**options, key: changed}}


def _stop(section: Body, known: str, rest: list[str]) -> bool:
    """False if that was said before."""
    name, *below = rest
    if not isinstance(field_of(f"{known}.{name}"), ListField) or not below:
        said = name in section and section[name] is None
        section[name] = None
        return not said
    entries = {entry["id"]: entry for entry in section.get(name) or ()}
    entry_id, *further = below
    entry = dict(entries.get(entry_id, {"id": entry_id}))
    path = f"{known}.{name}.{entry_id}"
    if entry.get("remove"):
        return False
    deeper = len(further) > 1 and _stop(entry, path, further)
    entries[entry_id] = entry if deeper else {"id": entry_id, "remove": True}
    section[name] = [*entries.values()]
    return True
