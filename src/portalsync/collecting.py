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


def is_put_off() -> bool:
    return not gc.isenabled()
