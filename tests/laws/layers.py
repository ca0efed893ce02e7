"""Layers as dicts of the shape that their YAML has, and what makes a configuration of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from portalsync.catalog import OPTIONS, field_of
from portalsync.catalog.option import AnyField, Field, ListField, Option
from portalsync.catalog.profile import PROFILE
from portalsync.config.discover import ConfigFile, ConfigFolder
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig, validate
from portalsync.diagnostics import Diagnostic
from portalsync.model.desired import Desired
from portalsync.model.json_value import JSON, JSONObject
from tests.laws.values import ASSETS, IDS, values

FIRM = "linden"
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
        tuple(_file(name, _json(data)) for name, data in files.items()),
        tuple(_file(name, content) for name, content in ASSETS.items()),
    )


def _file(name: str, content: bytes) -> ConfigFile:
    kinds = {"groups": "group", "firms": "firm", "personas": "persona", "facts": "facts", "assets": "asset"}
    path = Path(name)
    kind = kinds.get(path.parts[0], "network" if path.stem == "portalsync" else "defaults")
    return ConfigFile(name, kind, path.stem, content)


def _json(data: JSON) -> bytes:
    """JSON that is YAML: what must not stand in a file as it is, is written as its number."""
    text = json.dumps(data, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text).encode()


def read(files: Mapping[str, JSON]) -> ValidConfig:
    return validate(folder(files))


def resolved(layers: Layers) -> tuple[Desired, list[Diagnostic]]:
    return resolve(read(layers.files()), FIRM)


@st.composite
def layers(draw: st.DrawFn) -> Layers:
    """Upon defaults that could stand alone, groups and a firm that set, stop and remove."""
    groups = [draw(layer(partial=True)) for _ in range(draw(st.integers(0, 2)))]
    return Layers(draw(layer(partial=False)), tuple(groups), draw(layer(partial=True)))


@st.composite
def layer(draw: st.DrawFn, *, partial: bool) -> Body:
    """One layer. Not `partial`: no null, nothing removed, no entry without what it needs."""
    return _Pen(draw, partial=partial, wordy=draw(st.booleans())).body()


@dataclass(frozen=True)
class _Pen:
    """Writes a layer: in `wordy` ones most fields are set, else few."""

    draw: st.DrawFn
    partial: bool
    wordy: bool

    def body(self) -> Body:
        sections = {PROFILE.key: self.section(PROFILE)} if self.says() else {}
        options = {option.key: self.section(option) for option in OPTIONS if self.says()}
        return {**sections, **({"options": None if self.stops() else options} if self.says() else {})}

    def section(self, option: Option) -> Body | None:
        return None if self.stops() else self.fields(option.all_fields, option.key)

    def fields(self, fields: Iterable[AnyField], prefix: str) -> Body:
        written = {}
        for each in fields:
            needed = isinstance(each, Field) and each.required and not self.partial
            if needed or self.says():
                written[each.name] = None if self.stops() else self.value(each, f"{prefix}.{each.name}")
        return written

    def value(self, each: AnyField, pattern: str) -> Any:
        if isinstance(each, Field):
            return self.draw(values(pattern))
        ids = self.draw(st.sampled_from(_SOME_IDS))
        return [{"id": id_, **self.entry(each, f"{pattern}.*")} for id_ in ids]

    def entry(self, each: ListField, pattern: str) -> Body:
        return {"remove": True} if self.stops() else self.fields(each.fields, pattern)

    def says(self) -> bool:
        return self.draw(st.integers(0, 3)) < (3 if self.wordy else 1)

    def stops(self) -> bool:
        return self.partial and self.draw(st.integers(0, 9)) == 9  # noqa: PLR2004 - now and then


_SOME_IDS: tuple[tuple[str, ...], ...] = ((), IDS[:1], IDS[1:2], IDS[:2], IDS[1:], IDS)


def without(body: Body, path: str) -> Body:
    """The layer with the last word against a settings path: the entry that holds it goes, or the
    field stops inheriting; said once already, the option does.
    """
    key, *rest = path.split(".")
    profile = dict(body.get("profile") or {})
    options = dict(body.get("options") or {})
    holder, name = (body, "profile") if key == PROFILE.key else (options, key)
    section = profile if key == PROFILE.key else dict(options.get(key) or {})
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
