"""Long work, item by item, where somebody may be waiting for it."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Items(Protocol[T_co]):
    """What can be counted and looped over."""

    def __iter__(self) -> Iterator[T_co]: ...
    def __len__(self) -> int: ...


class Watch(Protocol):
    """Hands the items on, one at a time, and may say how far they are."""

    def __call__(self, items: Items[T], /) -> Iterable[T]: ...


def unwatched(items: Items[T], /) -> Iterable[T]:
    return items
