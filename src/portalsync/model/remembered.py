"""What was made of an object, for as long as that may be asked again: parts of a plan share many objects."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

_KEPT = 2_000


class Remembered(Generic[Key, Value]):
    """`make(key)`, made once for each object, as long as it is kept. Objects that are equal are not compared:
    that takes as long as most of what is made of them.
    """

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self._make = make
        self._known: dict[int, tuple[Key, Value]] = {}

    def __call__(self, key: Key) -> Value:
        known = self._known.get(id(key))
        if known is not None:  # the object is held: no other one has its id
            return known[1]
        if len(self._known) >= _KEPT:
            self._known.clear()
        value = self._make(key)
        self._known[id(key)] = key, value
        return value


class Named(Generic[Value]):
    """The same for bodies that are named by their digest; `body_of` finds a body by its name."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self._known: dict[str, Value] = {}

    def __call__(self, name: str, body_of: Callable[[str], Any]) -> Value:
        if name not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[name] = self._make(body_of(name))
        return self._known[name]
