"""Long work, item by item, where somebody may be waiting for it."""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Watch(Protocol):
    """Hands the items on, one at a time, and may say how far they are."""

    def __call__(self, items: Collection[T], /) -> Iterable[T]: ...


def unwatched(items: Collection[T], /) -> Iterable[T]:
    return items
