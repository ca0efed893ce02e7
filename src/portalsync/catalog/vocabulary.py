"""What portal and portalsync must agree on, option by option."""

from portalsync.model.json_value import JSON, JSONObject

_WORDS = frozenset({
    "default",
    "defaultSnippets",
    "description",
    "errorMessage",
    "examples",
    "markdownDescription",
    "markdownEnumDescriptions",
    "patternErrorMessage",
    "title",
})  # fmt: skip
"""Keywords of a schema that no value is refused for."""


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
