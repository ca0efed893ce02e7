"""How often Python looks for objects that only refer to each other. See docs/decisions/0085."""

import gc

_NEW = 50_000
"""So many objects are made and kept before it looks at them; by default 700."""
_OLDER = (20, 100)
"""Every so many times also at those that were kept then, and at all."""


def collect_seldom() -> None:
    """What lives long here is what all firms share, and it is looked at over and over for nothing."""
    gc.set_threshold(_NEW, *_OLDER)
