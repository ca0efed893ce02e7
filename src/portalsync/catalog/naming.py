"""Settings in words: what a path is called, what a value says."""

from collections.abc import Iterator

from portalsync.catalog import FIELDS, field_of, pattern_of
from portalsync.catalog.option import Field, ListField
from portalsync.lexicon import Lexicon
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON


def settings_name(path: str, lexicon: Lexicon, *, within: str = "") -> str:
    """A settings path as people read it: `Firm announcement › announcement “x” › Title`. Below the name of
    the option or entry that it is `within`, only the rest.
    """
    parts = [*_parts(path, lexicon)]
    above = [*_parts(within, lexicon)] if within else []
    return " › ".join(parts[len(above) :])


def _parts(path: str, lexicon: Lexicon) -> Iterator[str]:
    option, *rest = path.split(".")
    yield lexicon(f"options.{option}.title")
    known = option
    while rest:
        known = f"{known}.{rest.pop(0)}"
        field = field_of(known)
        if isinstance(field, ListField) and rest:
            entry = rest.pop(0)
            known = f"{known}.{entry}"
            yield lexicon(f"options.{option}.entries.{field.name}", id=entry)
        else:
            yield lexicon(f"options.{option}.fields.{field.name}")


def unit_of(path: str) -> str:
    """What people see a setting as a part of: an entry of a list with all that is in it, else the option."""
    option, name, *rest = path.split(".")
    is_listed = rest and isinstance(field_of(f"{option}.{name}"), ListField)
    return f"{option}.{name}.{rest[0]}" if is_listed else option


def entry_of(path: str) -> str:
    """The entry of a list that a setting is in; one that is in none, itself."""
    unit = unit_of(path)
    return unit if "." in unit else path


def innermost_entry(path: str) -> str:
    """The entry of a list of lists that a setting is in; empty if it is in none."""
    patterns = pattern_of(path).split(".")
    return ".".join(path.split(".")[: len(patterns) - patterns[::-1].index("*")]) if "*" in patterns else ""


def order_of(path: str) -> tuple[int, str]:
    """Where people read a setting: as the catalogue has them, then by name."""
    return [*FIELDS].index(pattern_of(path)), path


def settings_wording(path: str, value: JSON | Absent, lexicon: Lexicon) -> str:
    """A value as people read it, on one line, not escaped for any output."""
    field = field_of(path)
    assert isinstance(field, Field)  # noqa: S101 - values are of fields, lists have none themselves
    option = path.partition(".")[0]
    if value is not ABSENT:
        return field.kind.wording(value, lexicon, option, field.name)
    if field.default is not None:
        return lexicon("values.not_set")
    return lexicon("values.not_set_but", what=lexicon(unset_key(option, field.name)))


def unset_key(option: str, name: str) -> str:
    """What says by which thing of the portal a field goes that nobody sets."""
    return f"options.{option}.unset.{name}"
