"""What a key takes, in words, from its JSON Schema."""

from collections.abc import Sequence
from typing import Any

from portalsync.catalog.kinds.audience import TAG_PATTERN
from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.catalog.kinds.form import form_of
from portalsync.lexicon import LOCALES, Lexicon
from portalsync.model.json_value import JSONObject
from portalsync.views.reference.markdown import code

_PATTERNS = {IDENTIFIER_PATTERN: "reference.takes.id", TAG_PATTERN: "reference.takes.tag"}
_TEXTS = {"findings.forms.line": "reference.takes.line", "findings.forms.lines": "reference.takes.text"}


def takes(schema: JSONObject, lexicon: Lexicon) -> str:
    """One phrase; null is left out, what it means is the same everywhere."""
    found: Any = schema
    if "const" in found:
        return code(str(found["const"]))
    if "enum" in found:
        return one_of([str(each) for each in found["enum"] if each is not None], lexicon)
    if either := found.get("oneOf", found.get("anyOf")):
        return _either([takes(each, lexicon) for each in either if each.get("type") != "null"], lexicon)
    types = [found["type"]] if isinstance(found.get("type"), str) else found.get("type", [])
    told = [_type(each, found, lexicon) for each in types if each != "null"]
    return _either(told, lexicon) if told else lexicon("reference.takes.anything")


def one_of(words: Sequence[str], lexicon: Lexicon) -> str:
    return _either([code(each) for each in words], lexicon)


def is_localized(schema: JSONObject) -> bool:
    """A text for each language."""
    keys = schema.get("properties")
    return isinstance(keys, dict) and 0 < len(keys) <= len(LOCALES) and {*keys} <= {*LOCALES}


def _either(told: Sequence[str], lexicon: Lexicon) -> str:
    if len(told) == 1:
        return told[0]
    return lexicon("reference.or", first=", ".join(told[:-1]), last=told[-1])


def _type(kind: str, schema: Any, lexicon: Lexicon) -> str:
    match kind:
        case "boolean":
            return lexicon("reference.takes.switch")
        case "integer" | "number":
            return _range(lexicon(f"reference.takes.{kind}"), schema, lexicon)
        case "string":
            return _string(schema, lexicon)
        case "array":
            return _array(schema, lexicon)
        case _:
            return _object(schema, lexicon)


def _string(schema: Any, lexicon: Lexicon) -> str:
    if schema.get("pattern") in _PATTERNS:
        return lexicon(_PATTERNS[schema["pattern"]])
    if schema.get("format") == "portalsync-time-zone":
        return lexicon("reference.takes.time-zone")
    form = form_of(schema)
    if form and form.key not in _TEXTS:
        return lexicon.say(form)
    what = lexicon(_TEXTS[form.key] if form else "reference.takes.text")
    most = schema.get("maxLength")
    return what if most is None else lexicon("reference.takes.characters", what=what, n=most)


def _array(schema: Any, lexicon: Lexicon) -> str:
    items = schema.get("items", {})
    told = lexicon("reference.takes.list")
    if "maxItems" in schema:
        told = lexicon("reference.takes.entries", what=told, n=schema["maxItems"])
    if "properties" in items:
        return told
    return lexicon("reference.takes.of", list=told, what=takes(items, lexicon))


def _object(schema: Any, lexicon: Lexicon) -> str:
    if not is_localized(schema):
        return lexicon("reference.takes.keys")
    text = takes(next(iter(schema["properties"].values())), lexicon)
    languages = ", ".join(map(code, schema["properties"]))
    return lexicon("reference.takes.by-language", what=text, languages=languages)


def _range(what: str, schema: Any, lexicon: Lexicon) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return lexicon("reference.takes.between", what=what, least=least, most=most)
    return lexicon("reference.takes.least", what=what, least=least) if least is not None else what
