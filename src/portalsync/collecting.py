"""How often Python looks for objects that only refer to each other. See docs/decisions/0085."""

import gc

_NEW = 50_000
"""So many objects are made and kept before it looks at them; by default 700."""
_OLDER = (20, 100)
"""Every so many times also at those that were kept then, and at all."""


def put_off_collecting() -> None:
    """Until a command begins to work: what it imports is there to stay, and nothing in it is garbage."""
    gc.disable()


def collect_seldom() -> None:
    """What lives long here is what is imported, which is never looked at again, and what all firms share,
    which would be looked at over and over for nothing.
    """
    gc.freeze()
    gc.set_threshold(_NEW, *_OLDER)
    gc.enable()


def collect_seldom_for_others() -> None:
    """In a process of somebody else that works for us: as seldom, or as seldom as they have it. Nothing else
    of it is changed.
    """
    if gc.get_threshold()[0] < _NEW:
        gc.set_threshold(_NEW, *_OLDER)


def is_put_off() -> bool:
    return not gc.isenabled()
