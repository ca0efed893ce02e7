"""Which backends there are on this machine, ours and anyone's."""

from importlib.metadata import EntryPoints, entry_points

GROUP = "portalsync.backends"


def installed() -> list[str]:
    """The names of all backends that are there, sorted."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def points_of(kind: str) -> EntryPoints:
    """Where backends of this name are; more than one if packages bring the same."""
    return entry_points(group=GROUP, name=kind)
