"""What portal and portalsync must agree on, option by option: how values are stored, and which rules hold."""

from collections.abc import Mapping
from functools import cache

from portalsync.catalog import SECTIONS
from portalsync.catalog.kinds.basic import IDENTIFIER
from portalsync.catalog.option import AnyField, ListField, Option, walk
from portalsync.diagnostics import Severity
from portalsync.lexicon import Text, phrase
from portalsync.model.canonical import digest
from portalsync.model.json_value import JSON, JSONObject

FOR_EDITORS = frozenset({
    "defaultSnippets",
    "doNotSuggest",
    "errorMessage",
    "markdownDescription",
    "markdownEnumDescriptions",
    "patternErrorMessage",
})  # fmt: skip
"""Keywords that no standard knows."""

_WORDS = FOR_EDITORS | {"default", "description", "examples", "title"}
"""Keywords of a schema for which no value is refused."""


@cache
def vocabulary() -> Mapping[str, str]:
    """The digest of each option's stored form, by its key; the profile counts as one."""
    return {option.key: digest(stored_form(option)) for option in SECTIONS}


def stored_form(option: Option) -> JSONObject:
    """Every path with what it takes, and the codes of the rules that refuse; none of it is words."""
    rules: list[JSON] = [rule.code for rule in option.rules if rule.severity is Severity.ERROR]
    return {"paths": {path: _taken(field) for path, field in walk(option.all_fields)}, "rules": rules}


def _taken(field: AnyField) -> JSONObject:
    if isinstance(field, ListField):
        required: list[JSON] = [*field.required]
        return {"id": bare(IDENTIFIER.stored_schema()), "limit": field.limit, "required": required}
    return bare(field.kind.stored_schema())


def version(known: str | None) -> Text:
    """The digest of an option, as much of it as people compare."""
    return known[: len("sha256:") + 12] if known else phrase("findings.other-options.none")


def bare(schema: JSONObject) -> JSONObject:
    """A schema without its words: what it accepts, and nothing else."""
    return {keyword: _bare(keyword, value) for keyword, value in schema.items() if keyword not in _WORDS}


def _bare(keyword: str, value: JSON) -> JSON:
    if keyword == "properties" and isinstance(value, dict):
        return {name: _each(schema) for name, schema in value.items()}
    if keyword in ("const", "enum"):
        return value
    return _each(value)


def _each(value: JSON) -> JSON:
    if isinstance(value, list):
        return [_each(item) for item in value]
    return bare(value) if isinstance(value, dict) else value
