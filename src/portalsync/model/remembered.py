"""What was found, for as long as it may be asked for again and is not too much."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

_KEPT = 1_000


class Memory(dict[Key, Value]):
    """What was found, by what it follows from; all is dropped once it is too much."""

    def __init__(self, most: int = 2 * _KEPT) -> None:
        super().__init__()
        self._most, self._size = most, 0

    def keep(self, key: Key, found: Value, size: int = 0) -> None:
        """`size` is about how many things it holds besides itself."""
        if self._size >= self._most:
            self.clear()
            self._size = 0
        self[key] = found
        self._size += 1 + size


class Remembered(Generic[Key, Value]):
    """`make(key)`, made once for each object, as long as it is kept: parts of a plan share many. Objects that
    are equal are not compared: that takes as long as most of what is made of them.
    """

    def __init__(self, make: Callable[[Key], Value], most: int | None = None) -> None:
        self._make, self._most = make, most
        self._known: dict[int, tuple[Key, Value]] = {}
        self._earlier: dict[int, tuple[Key, Value]] = {}

    def __call__(self, key: Key) -> Value:
        known = self._known.get(id(key))  # the object is held: no other one has its id
        if known is None:
            known = self._earlier.get(id(key)) or (key, self._make(key))
            if len(self._known) >= (self._most or _KEPT):  # what was not asked for since then goes
                self._earlier, self._known = self._known, {}
            self._known[id(key)] = known
        return known[1]


class Named(Generic[Value]):
    """The same for bodies that are named by their digest; `body_of` finds a body by its name."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self._known: Memory[str, Value] = Memory()

    def __call__(self, name: str, body_of: Callable[[str], Any]) -> Value:
        known = self._known.get(name)
        if known is None:  # and not looked up again: another thread may drop all
            known = self._make(body_of(name))
            self._known.keep(name, known)
        return known
