"""What every kind of value can do."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON, JSONObject

T_co = TypeVar("T_co", covariant=True)


class Kind(Generic[T_co]):
    """`T_co` is the Python type of a checked value; values stay ordinary JSON."""

    markdown = False
    """Whether values hold texts in Markdown, by a key."""

    def schema(self) -> JSONObject:
        """JSON Schema (2020-12) of a value as it stands in a layer file."""
        raise NotImplementedError

    def stored_schema(self) -> JSONObject:
        """JSON Schema of a value as it stands in a firm's settings on the backend."""
        return self.schema()

    def normal(self, value: JSON) -> JSON:
        """Of all spellings of a stored value that are the same to everyone, the one that portalsync writes.
        Portals may hold anything: a value of another type stays as it is.
        """
        return value

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        """The value as a reader of plans wants to see it, on one line, unescaped."""
        raise NotImplementedError

    def links(self, value: Any) -> Iterable[str]:
        """Addresses that the value is or holds."""
        del value
        return ()

    def tags(self, value: Any) -> Iterable[str]:
        """Client tags that the value refers to."""
        del value
        return ()

    def markdown_texts(self, value: Any) -> Mapping[str, str]:
        """Markdown in the value, which may lead clients elsewhere too, by the key at which it stands."""
        del value
        return {}
