"""The keys of every kind of file, from the schemas that editors and `validate` use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portalsync.catalog.files import KINDS
from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.files.layers import DEFAULTS, FIRM, GROUP
from portalsync.catalog.files.network import NETWORK
from portalsync.catalog.files.personas import PERSONA
from portalsync.catalog.files.vendors import VENDOR
from portalsync.catalog.schema import schema_for
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.model.json_value import JSONObject
from portalsync.views.reference.markdown import code, page, table
from portalsync.views.reference.takes import is_localized, takes

_TITLES = {
    NETWORK: "The network",
    DEFAULTS: "Defaults",
    GROUP: "A group",
    FIRM: "A firm",
    PERSONA: "A sample client",
    FACTS: "A copy of a portal's facts",
    VENDOR: "The settings of a vendor's portal",
}
_SECTIONS = {
    "profile": "The firm's name, look, languages and contact: see [the profile](options/profile.md).",
    "pages": "By page: `way` and `source`, both by language.",
    "settings": "By path (`chat.clients_can_start`): `label`, `way`, `source`, `inverted`, `values`, `note`. "
    "`src/portalsync/vendors/taxdome.yaml` is one.",
    "missing": "Paths of settings that its portal is not known to have.",
    "options": "What clients find, option by option: see [the options](options/index.md).",
}
_INTRO = """\
# Files and their keys

A configuration is one folder. Every file in it starts with `apiVersion` and `kind`, and may have a
`$schema`, which only editors read. A key that is not listed here is an error, never ignored.

In a path, `[]` stands for each entry of a list and `<name>` for a name of your choice. Keys in bold have to
be there. An *id* has lower-case letters, digits and hyphens, at most 64 of them; a *tag* too, at most 40.
"""


@dataclass(frozen=True)
class _Key:
    path: str
    others: Sequence[str]
    schema: Any
    needed: bool


def files() -> str:
    return page(_INTRO, *(part for kind in KINDS for part in _file(kind)))


def _file(kind: FileKind) -> Iterator[str]:
    schema = schema_for(kind.name)
    yield f"## {_TITLES[kind]}"
    yield f"{code(_place(kind))}. {schema['markdownDescription']}"
    yield keys_table(schema, _SECTIONS)


def _place(kind: FileKind) -> str:
    named_after = kind.name if kind.identity == "id" else kind.identity
    return kind.pattern.replace("*", f"<{named_after}>")


def keys_table(schema: JSONObject, sections: Mapping[str, str]) -> str:
    """Key, what it takes, what it is for. `sections` are told in one line instead of key by key."""
    return table(("key", "takes", "meaning"), (_row(key, sections) for key in _keys(schema, "", sections)))


def _row(key: _Key, sections: Mapping[str, str]) -> tuple[str, str, str]:
    name = ", ".join(code(each) for each in (key.path, *(f".{other}" for other in key.others)))
    name = f"**{name}**" if key.needed else name
    if key.path in sections:
        return name, "keys and values", sections[key.path]
    return (
        name,
        takes(key.schema, lexicon_of(LOCALES[0])),
        str(key.schema.get("markdownDescription", key.schema.get("description", ""))),
    )


def _keys(schema: Any, prefix: str, sections: Iterable[str]) -> Iterator[_Key]:
    if is_localized(schema):
        return
    if prefix in [f"{section}." for section in sections]:
        return
    for names, inner in _alike(schema.get("properties", {})):
        if "$schema" in names:
            continue
        path = prefix + names[0]
        yield _Key(path, names[1:], inner, names[0] in schema.get("required", ()))
        yield from _keys(inner, f"{path}.", sections)
    for either in schema.get("oneOf", schema.get("anyOf", ())):
        yield from _keys(either, prefix, sections)
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        yield _Key(f"{prefix}<name>", (), more, needed=False)
        yield from _keys(more, f"{prefix}<name>.", sections)
    items = schema.get("items")
    if isinstance(items, dict) and "properties" in items:
        yield from _keys(items, f"{prefix.removesuffix('.')}[].", sections)


def _alike(properties: Mapping[str, Any]) -> list[tuple[list[str], Any]]:
    """Neighbours that hold the very same keys are told once."""
    found: list[tuple[list[str], Any]] = []
    for name, inner in properties.items():
        if found and "properties" in inner and not is_localized(inner) and found[-1][1] == inner:
            found[-1][0].append(name)
        else:
            found.append(([name], inner))
    return found
