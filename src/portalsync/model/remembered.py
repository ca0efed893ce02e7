"""What was made of an object, for as long as that may be asked again: parts of a plan share many objects."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

_KEPT = 1_000


class Remembered(Generic[Key, Value]):
    """`make(key)`, made once for each object, as long as it is kept. Objects that are equal are not compared:
    that takes as long as most of what is made of them.
    """

    def __init__(self, make: Callable[[Key], Value], most: int = _KEPT) -> None:
        self._make, self._most = make, most
        self._known: dict[int, tuple[Key, Value]] = {}
        self._earlier: dict[int, tuple[Key, Value]] = {}

    def __call__(self, key: Key) -> Value:
        known = self._known.get(id(key))
        if known is None:  # the object is held: no other one has its id
            known = self._earlier.get(id(key)) or (key, self._make(key))
            if len(self._known) >= self._most:  # what was not asked for since then goes
                self._earlier, self._known = self._known, {}
            self._known[id(key)] = known
        return known[1]


class Named(Generic[Value]):
    """The same for bodies that are named by their digest; `body_of` finds a body by its name."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self._known: dict[str, Value] = {}

    def __call__(self, name: str, body_of: Callable[[str], Any]) -> Value:
        if name not in self._known:
            if len(self._known) >= 2 * _KEPT:
                self._known.clear()
            self._known[name] = self._make(body_of(name))
        return self._known[name]
