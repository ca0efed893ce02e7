"""Which backends there are on this machine, ours and anyone's."""

from importlib.metadata import entry_points

GROUP = "portalsync.backends"


def installed() -> list[str]:
    """The names of all backends that are there, sorted."""
    return sorted({point.name for point in entry_points(group=GROUP)})
