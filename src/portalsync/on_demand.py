"""What modules hold, imported once somebody asks for it."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TypeVar, cast

T = TypeVar("T")


class OnDemand(Mapping[str, T]):
    """What modules of a package hold, by the modules' names. None is imported before its name is asked for:
    each imports what it needs, and most needs are heavy.
    """

    def __init__(self, package: str, *names: str, holding: str = "") -> None:
        """`holding` is what it is called in each module; by default as the module is."""
        self._package = package
        self._names = names
        self._holding = holding

    def __getitem__(self, name: str) -> T:
        if name not in self._names:
            raise KeyError(name)
        own = name.replace("-", "_")
        return cast("T", getattr(import_module(f"{self._package}.{own}"), self._holding or own))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
