"""The copy of a firm's facts: `facts/<firm>.yaml`."""

from collections.abc import Collection, Mapping
from typing import Any

from portalsync.catalog.files.document import API_VERSION
from portalsync.catalog.files.facts import FACTS
from portalsync.config.edit.delta import parts_of
from portalsync.config.edit.rewrite import check_readable, rewritten
from portalsync.config.edit.written import check_can_stand, document
from portalsync.config.file import ConfigFile
from portalsync.config.yaml import parse
from portalsync.lexicon import LOCALES
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON, JSONObject


def facts_data(facts: Facts, firm: str) -> JSONObject:
    """What the copy says, under the id that files have for the firm; without what no schema of ours knows."""
    head: JSONObject = {"apiVersion": API_VERSION, "kind": "Facts", "firm": firm}
    told = {key: each for key, each in facts.raw.items() if key != _SCHEMA}
    known = _known(FACTS.schema(), {**told, **head})
    assert isinstance(known, dict)  # noqa: S101 - facts are a mapping
    return {**head, **known}


_SCHEMA = "$schema"
"""Where editors get the schema of a file: nothing that a portal has a say in."""


def new_copy(name: str, data: JSONObject, head: str) -> bytes:
    """The bytes of a file with this name. InvalidConfig if no file can hold the data."""
    check_can_stand(data, name)
    check_readable(data, name)
    return f"{head}{document(data)}".encode()


def copy_again(file: ConfigFile, data: JSONObject) -> bytes:
    """The copy that is there, with no more changed than what differs."""
    content = file.read()
    before = parse(content, file.name).data
    own = {key: each for key, each in before.items() if key == _SCHEMA} if isinstance(before, dict) else {}
    return rewritten(content, file.name, _in_order_of(before, {**own, **data}))


def records(data: JSON) -> Collection[tuple[str, str]]:
    """What the facts list, by where: providers, templates, pipelines, clients that are alike."""
    lists = data.items() if isinstance(data, dict) else ()
    return {(key, part) for key, each in lists if _are_records(each) for part in parts_of(each) or ()}


def _known(schema: Mapping[str, Any], value: JSON) -> JSON:
    """A value without the keys that its schema does not know, in the order in which the schema has them;
    languages in theirs.
    """
    if isinstance(value, list):
        return [_known(schema.get("items", {}), each) for each in value]
    if not isinstance(value, dict) or schema.get("additionalProperties") is not False:
        return value
    properties = schema.get("properties", {})
    if properties.keys() <= {*LOCALES}:
        return {key: each for key, each in value.items() if key in LOCALES} or _called_at_all(value)
    return {key: _known(each, value[key]) for key, each in properties.items() if key in value}


def _called_at_all(name: JSONObject) -> JSONObject:
    """A name that the portal has in none of our languages: as it is, so that the copy can be read."""
    texts = [each for each in name.values() if isinstance(each, str)]
    return {LOCALES[0]: texts[0]} if texts else name


def _in_order_of(before: JSON, after: JSON) -> JSON:
    """The same facts, in which lists of records stand as they stood: their order says nothing."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {key: _in_order_of(before.get(key), each) for key, each in after.items()}
    old, new = parts_of(before), parts_of(after)
    if old is None or new is None or not _are_records(after):
        return after
    staying = [_in_order_of(old[part], new[part]) for part in old if part in new]
    return [*staying, *(each for part, each in new.items() if part not in old)]


def _are_records(value: JSON) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)
