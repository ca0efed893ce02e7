"""Layers -> what each firm is to have; later layers win, field by field, entry by entry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portalsync.catalog import SECTIONS, field_of
from portalsync.catalog.kinds.image import Image
from portalsync.catalog.option import AnyField, Authority, ListField
from portalsync.config.explain_fault import position_of
from portalsync.config.suggest import did_you_mean
from portalsync.config.validate import Document, ValidConfig
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import Phrase, Text, counted, phrase
from portalsync.model.desired import Desired, Resolved


def resolve(config: ValidConfig, firm: str) -> tuple[Desired, list[Diagnostic]]:
    """What `firm` is to have, and findings about entries that do not add up."""
    merge = _Merge(config.assets)
    for layer, document in layers(config, firm):
        merge.layer(layer, document)
    findings = [*merge.findings, *_incomplete(merge), *_too_long(merge)]
    return Desired(firm, dict(sorted(merge.values.items())), dict(sorted(merge.claims.items()))), findings


def layers(config: ValidConfig, firm: str) -> Iterator[tuple[str, Document]]:
    """The layers of a firm with their names, lowest first."""
    if config.defaults:
        yield "defaults", config.defaults
    document = config.firms[firm]
    for group in document.data.get("groups", ()):
        yield f"group {group}", config.groups[group]
    yield f"firm {firm}", document


@dataclass
class _Merge:
    assets: Mapping[str, str]
    values: dict[str, Resolved] = field(default_factory=dict)
    claims: dict[str, Position] = field(default_factory=dict)
    entries: dict[str, Position] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    name: str = ""
    document: Document | None = None

    def layer(self, name: str, document: Document) -> None:
        self.name, self.document = name, document
        data = document.data
        options = data.get("options")
        if "options" in data and options is None:
            for section in SECTIONS[1:]:
                self.forget(section.key)
        for section in SECTIONS:
            at = ("profile",) if section.key == "profile" else ("options", section.key)
            holder: Mapping[str, Any] = data if section.key == "profile" else options or {}
            if section.key not in holder:
                continue
            if holder[section.key] is None:
                self.forget(section.key)
            else:
                self.fields(section.all_fields, holder[section.key], f"{section.key}.", at)

    def fields(
        self, fields: Iterable[AnyField], data: Mapping[str, Any], prefix: str, at: tuple[str | int, ...]
    ) -> None:
        for each in fields:
            if each.name not in data:
                continue
            path = prefix + each.name
            if data[each.name] is None:
                self.forget(path)
            elif isinstance(each, ListField):
                self.list(each, data[each.name], path, (*at, each.name))
            else:
                value = data[each.name]
                stored = self.assets[value] if isinstance(each.kind, Image) else value
                self.set(path, stored, (*at, each.name))

    def list(self, each: ListField, items: Any, path: str, at: tuple[str | int, ...]) -> None:
        if each.authority is Authority.AUTHORITATIVE:
            self.claims[f"{path}.*"] = self.key(at)
        seen: set[str] = set()
        for index, item in enumerate(items):
            entry, here = f"{path}.{item['id']}", (*at, index)
            if item["id"] in seen:
                self.finding(
                    "entry-twice",
                    phrase("findings.entry-twice.message", id=item["id"]),
                    (*here, "id"),
                    hint=phrase("findings.entry-twice.hint"),
                )
            seen.add(item["id"])
            if item.get("remove"):
                self.remove(entry, here)
            else:
                self.entries[entry] = self.value((*here, "id"))
                self.fields(each.fields, item, f"{entry}.", here)

    def set(self, path: str, value: Any, at: tuple[str | int, ...]) -> None:
        self.values[path] = Resolved(value, self.name, self.value(at))
        if not any(claim.endswith(".*") and path.startswith(claim[:-1]) for claim in self.claims):
            self.claims[path] = self.key(at)

    def remove(self, entry: str, at: tuple[str | int, ...]) -> None:
        if entry not in self.entries:
            path, _, name = entry.rpartition(".")
            known = [each.rpartition(".")[2] for each in self.entries if each.rpartition(".")[0] == path]
            self.finding(
                "entry-nothing-to-remove",
                phrase("findings.entry-nothing-to-remove.message", id=name),
                (*at, "id"),
                did_you_mean(name, known) or phrase("findings.entry-nothing-to-remove.hint"),
                Severity.WARNING,
            )
        self.forget(entry)

    def forget(self, prefix: str) -> None:
        """Stop managing everything at and below a path."""
        for known in (self.values, self.claims, self.entries):
            for path in [path for path in known if path == prefix or path.startswith(f"{prefix}.")]:
                del known[path]

    def finding(
        self,
        code: str,
        message: Phrase,
        at: tuple[str | int, ...],
        hint: Text,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.findings.append(Diagnostic(code, message, self.value(at), severity, hint=hint))

    def key(self, at: tuple[str | int, ...]) -> Position:
        assert self.document is not None  # noqa: S101 - set by layer()
        return self.document.parsed.key_position(at)

    def value(self, at: tuple[str | int, ...]) -> Position:
        assert self.document is not None  # noqa: S101 - set by layer()
        return position_of(self.document.parsed, at)


def _incomplete(merge: _Merge) -> Iterator[Diagnostic]:
    """Entries that lack a field without which they mean nothing, whatever layer should give it."""
    for entry, position in merge.entries.items():
        definition = field_of(entry.rpartition(".")[0])
        assert isinstance(definition, ListField)  # noqa: S101 - entries are entries of lists
        for name in definition.required:
            if f"{entry}.{name}" not in merge.values:
                yield Diagnostic(
                    "entry-incomplete",
                    phrase("findings.entry-incomplete.message", id=entry.rpartition(".")[2], field=name),
                    position,
                    expected=f"{name}: …",
                    hint=phrase("findings.entry-incomplete.hint"),
                    path=f"{entry}.{name}",
                )


def _too_long(merge: _Merge) -> Iterator[Diagnostic]:
    """Lists that are within their limit in each layer, and beyond it once the layers are put together."""
    lists: dict[str, list[Position]] = {}
    for entry, position in merge.entries.items():
        lists.setdefault(entry.rpartition(".")[0], []).append(position)
    for path, positions in lists.items():
        definition = field_of(path)
        assert isinstance(definition, ListField)  # noqa: S101 - entries are entries of lists
        if len(positions) > definition.limit:
            yield Diagnostic(
                "schema-maxitems",
                phrase("findings.list-too-long.message", list=definition.name, number=len(positions)),
                positions[-1],
                expected=counted("findings.length.most-entries", definition.limit),
                hint=phrase("findings.list-too-long.hint"),
                path=path,
            )
