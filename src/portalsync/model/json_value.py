"""What JSON can say."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

JSON: TypeAlias = bool | int | float | str | list["JSON"] | dict[str, "JSON"] | None
JSONObject: TypeAlias = dict[str, JSON]


def scalars(value: JSON | Mapping[str, JSON]) -> Iterator[JSON]:
    """All that is neither a mapping nor a list, as it stands in the value."""
    if isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from scalars(each)
    else:
        yield value
