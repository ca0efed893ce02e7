"""Settings in words: what a path is called, what a value says."""

from portalsync.catalog import field_of, option_of
from portalsync.catalog.option import Field, ListField
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON


def settings_name(path: str, lexicon: Lexicon) -> str:
    """A settings path as people read it: `Firm announcement › announcement “x” › Title`."""
    option, *rest = path.split(".")
    parts = [lexicon(f"options.{option}.title")]
    known = option
    while rest:
        known = f"{known}.{rest.pop(0)}"
        field = field_of(known)
        if isinstance(field, ListField) and rest:
            entry = rest.pop(0)
            known = f"{known}.{entry}"
            parts.append(lexicon(f"options.{option}.entries.{field.name}", id=entry))
        else:
            parts.append(lexicon(f"options.{option}.fields.{field.name}"))
    return " › ".join(parts)


def settings_wording(path: str, value: JSON, lexicon: Lexicon) -> str:
    """A value as people read it, on one line, not escaped for any output."""
    field = field_of(path)
    assert isinstance(field, Field)  # noqa: S101 - values are of fields, lists have none themselves
    return field.kind.wording(value, lexicon, option_of(path).key, field.name)
