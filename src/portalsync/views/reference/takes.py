"""What a key takes, in words, from its JSON Schema."""

from typing import Any

from portalsync.catalog.kinds.audience import TAG_PATTERN
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.lexicon import LOCALES
from portalsync.model.json_value import JSONObject
from portalsync.views.reference.markdown import code

_FORMS = {IDENTIFIER_PATTERN: "an id", TAG_PATTERN: "a tag"}


def takes(schema: JSONObject) -> str:
    """One phrase; null is left out, what it means is the same everywhere."""
    found: Any = schema
    if "const" in found:
        return code(str(found["const"]))
    if "enum" in found:
        return one_of([str(each) for each in found["enum"] if each is not None])
    if either := found.get("oneOf", found.get("anyOf")):
        return " or ".join(takes(each) for each in either if each.get("type") != "null")
    types = [found["type"]] if isinstance(found.get("type"), str) else found.get("type", [])
    return " or ".join(_type(each, found) for each in types if each != "null") or "anything"


def one_of(words: list[str]) -> str:
    if len(words) == 1:
        return code(words[0])
    return ", ".join(map(code, words[:-1])) + f" or {code(words[-1])}"


def is_localized(schema: JSONObject) -> bool:
    """A text for each language."""
    keys = schema.get("properties")
    return isinstance(keys, dict) and 0 < len(keys) <= len(LOCALES) and {*keys} <= {*LOCALES}


def _type(kind: str, schema: Any) -> str:
    match kind:
        case "boolean":
            return "`true` or `false`"
        case "integer":
            return "a whole number" + _range(schema)
        case "number":
            return "a number" + _range(schema)
        case "string":
            return _string(schema)
        case "array":
            return _array(schema)
        case _:
            return _object(schema)


def _string(schema: Any) -> str:
    if schema.get("pattern") in _FORMS:
        return _FORMS[schema["pattern"]]
    if schema.get("format") == "portalsync-time-zone":
        return "the name of a time zone"
    phrase = str(schema.get("patternErrorMessage", "A text")).rstrip(".")
    if phrase.startswith("A text"):
        phrase = "one line of text" if phrase.endswith("on one line") else "a text"
        return f"{phrase}, at most {schema['maxLength']:,} characters" if "maxLength" in schema else phrase
    return phrase[0].lower() + phrase[1:]


def _array(schema: Any) -> str:
    items = schema.get("items", {})
    inner = "" if "properties" in items else f": {takes(items)}"
    most = f", at most {schema['maxItems']:,}" if "maxItems" in schema else ""
    return f"a list{most}{inner}"


def _object(schema: Any) -> str:
    if is_localized(schema):
        text = takes(next(iter(schema["properties"].values())))
        return f"{text}, by language: {', '.join(map(code, schema['properties']))}"
    return "keys and values"


def _range(schema: Any) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f" from {least:,} to {most:,}"
    return f", at least {least:,}" if least is not None else ""
