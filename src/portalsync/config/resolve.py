"""Layers -> what each firm is to have; later layers win, field by field, entry by entry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from portalsync.catalog import SECTIONS
from portalsync.catalog.files.layers import PREVIOUSLY
from portalsync.catalog.kinds.image import Image
from portalsync.catalog.option import AnyField, Authority, ListField
from portalsync.catalog.unset import is_unset
from portalsync.config.document import Document
from portalsync.config.ignored import without_ignored
from portalsync.config.merge import Merge
from portalsync.config.merged_lists import wrong_lists
from portalsync.config.renames import wrong_renames
from portalsync.config.validate import ValidConfig
from portalsync.config.yaml import Parsed, Path
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import Phrase, Text, phrase
from portalsync.model.desired import Desired, Origin, Statement, firm_layer
from portalsync.model.edit import ABSENT
from portalsync.suggest import did_you_mean

_DEFAULTS = "defaults"


def resolve(config: ValidConfig, firm: str) -> tuple[Desired, list[Diagnostic]]:
    """What `firm` is to have, and findings about entries that do not add up."""
    document = config.firms[firm]
    shared = _laid(config, tuple(document.data.get("groups", ())))
    merge, findings = shared.merge.copy(), [*shared.findings]
    _Layer(firm_layer(firm), document, config.assets, merge, findings).read()
    desired = Desired(firm, merge.values(), merge.claims(), tuple(merge.statements), merge.previously())
    rest, in_vain = without_ignored(desired, layers_of(config, firm))
    entries = {entry: origin for entry, origin in merge.entries().items() if entry not in rest.ignored}
    wrong = [*findings, *wrong_lists(entries, merge, rest), *wrong_renames(entries, rest)]
    return rest, [*wrong, *in_vain]


def layers_of(config: ValidConfig, firm: str) -> dict[str, Document]:
    """What a firm's settings follow from, by the names of layers, lowest first; below them is what holds for
    the network.
    """
    defaults = {_DEFAULTS: config.defaults} if config.defaults else {}
    own = config.firms[firm]
    groups = {_group_layer(group): config.groups[group] for group in own.data.get("groups", ())}
    return {"network": config.network, **defaults, **groups, firm_layer(firm): own}


@dataclass(frozen=True, slots=True)
class _Laid:
    """What layers that firms share come to, and what is wrong with them."""

    merge: Merge
    findings: Sequence[Diagnostic]


def _laid(config: ValidConfig, groups: tuple[str, ...]) -> _Laid:
    """Defaults and groups laid over one another: once, however many firms have just these."""
    laid = config.remembered.get(("laid", *groups))
    if not isinstance(laid, _Laid):
        laid = _lay(config, groups)
        config.remembered.keep(("laid", *groups), laid)
    return laid


def _lay(config: ValidConfig, groups: Iterable[str]) -> _Laid:
    merge, findings = Merge(), list[Diagnostic]()
    if config.defaults:
        _Layer(_DEFAULTS, config.defaults, config.assets, merge, findings).read()
    for group in groups:
        _Layer(_group_layer(group), config.groups[group], config.assets, merge, findings).read()
    return _Laid(merge, findings)


def _group_layer(group: str) -> str:
    return f"group {group}"


class _InFile(NamedTuple):
    """An `Origin`: a path in a file."""

    parsed: Parsed
    path: Path

    @property
    def key(self) -> Position:
        return self.parsed.key_position(self.path)

    @property
    def value(self) -> Position:
        return self.parsed.stated_position(self.path)


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer's document, read into the merge of those below it."""

    name: str
    document: Document
    assets: Mapping[str, str]
    merge: Merge
    findings: list[Diagnostic]

    def read(self) -> None:
        data = self.document.data
        options = data.get("options")
        if "options" in data and options is None:
            for section in SECTIONS[1:]:
                self.drop(section.key, ("options",))
        for section in SECTIONS:
            at = ("profile",) if section.key == "profile" else ("options", section.key)
            holder: Mapping[str, Any] = data if section.key == "profile" else options or {}
            if section.key not in holder:
                continue
            if holder[section.key] is None:
                self.drop(section.key, at)
            elif is_unset(holder[section.key]):
                self.unset(section.all_fields, f"{section.key}.", at)
            else:
                self.fields(section.all_fields, holder[section.key], f"{section.key}.", at)

    def fields(self, fields: Iterable[AnyField], data: Mapping[str, Any], prefix: str, at: Path) -> None:
        for each in fields:
            name = each.name
            if name not in data:
                continue
            path, value, here = prefix + name, data[name], (*at, name)
            if value is None:
                self.drop(path, here)
            elif type(value) is dict and is_unset(value):
                self.unset((each,), prefix, here)
            elif isinstance(each, ListField):
                self.list(each, value, path, here)
            else:
                stored = self.assets[value] if isinstance(each.kind, Image) else each.kind.normal(value)
                self.merge.set(Statement(path, stored, self.name, _InFile(self.document.parsed, here)))

    def list(self, each: ListField, items: Any, path: str, at: Path) -> None:
        if each.authority is Authority.AUTHORITATIVE:
            self.merge.claim_list(path, self.origin(at))
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
                self.remove(each, entry, here)
            else:
                self.merge.add_entry(entry, self.origin((*here, "id")))
                if PREVIOUSLY in item:
                    at_former = self.origin((*here, PREVIOUSLY))
                    self.merge.rename(entry, Statement(entry, item[PREVIOUSLY], self.name, at_former))
                self.fields(each.fields, item, f"{entry}.", here)

    def unset(self, fields: Iterable[AnyField], prefix: str, at: Path) -> None:
        """Not set on the portal: managed, and without a value. A list has no entries then."""
        for each in fields:
            nothing = Statement(prefix + each.name, ABSENT, self.name, self.origin(at))
            if isinstance(each, ListField):
                self.merge.drop(nothing)
                self.merge.claim_list(nothing.path, nothing.origin)
            else:
                self.merge.set(nothing)

    def remove(self, each: ListField, entry: str, at: Path) -> None:
        """The entry goes from the portal too: with a list that is the whole truth, else field by field."""
        path, _, name = entry.rpartition(".")
        additive = each.authority is Authority.ADDITIVE
        if not additive and not self.merge.has_entry(entry):
            self.finding(
                "entry-nothing-to-remove",
                phrase("findings.entry-nothing-to-remove.message", id=name),
                (*at, "id"),
                did_you_mean(name, self.merge.ids(path)) or phrase("findings.entry-nothing-to-remove.hint"),
                Severity.WARNING,
            )
        self.drop(entry, (*at, "id"))
        if additive:
            self.unset(each.fields, f"{entry}.", (*at, "id"))

    def drop(self, path: str, at: Path) -> None:
        self.merge.drop(Statement(path, None, self.name, self.origin(at)))

    def finding(
        self, code: str, message: Phrase, at: Path, hint: Text, severity: Severity = Severity.ERROR
    ) -> None:
        position = self.origin(at).value
        self.findings.append(Diagnostic(code, message, position, severity, hint=hint))

    def origin(self, at: Path) -> Origin:
        return _InFile(self.document.parsed, at)
