"""Names of files that Windows cannot have, though other systems can."""

import re

DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
_SIGNS = re.compile(r'[<>:"|?*]')


def fits_windows(name: str) -> bool:
    """Of a file or folder, without its path. A device keeps its name whatever ending follows it."""
    is_device = name.partition(".")[0].rstrip().lower() in DEVICES
    is_dots = not name.strip(".")
    return is_dots or not (is_device or name[-1:] in ". " or _SIGNS.search(name))


def as_on_windows(path: str) -> str:
    """A path of a configuration's own names (ids, endings) in which each fits: no id ends in `_`."""
    return "/".join(part if fits_windows(part) else f"{part}_" for part in path.split("/"))
