"""What every kind of value can do."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.lexicon import Lexicon

T_co = TypeVar("T_co", covariant=True)


class Kind(Generic[T_co]):
    """`T_co` is the Python type of a checked value; values stay ordinary JSON."""

    def schema(self) -> JSONObject:
        """JSON Schema (2020-12) of a value as it stands in a layer file."""
        raise NotImplementedError

    def stored_schema(self) -> JSONObject:
        """JSON Schema of a value as it stands in a firm's settings on the backend."""
        return self.schema()

    def words(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        """The value as a reader of plans wants to see it, on one line, unescaped."""
        raise NotImplementedError

    def parts(self, before: JSON, after: JSON) -> Mapping[str, tuple[JSON, JSON]]:
        """The parts to compare a changed value by; by default the value as a whole."""
        return {"": (before, after)}

    def links(self, value: Any) -> tuple[str, ...]:
        """Addresses in the value that lead clients away from the portal."""
        del value
        return ()
