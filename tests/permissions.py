"""Programs that are held to file permissions, also where the tests run as root."""

import os

_CAPABILITIES = "-dac_override,-dac_read_search"
_GIVES_THEM_UP = ["setpriv", f"--bounding-set={_CAPABILITIES}", f"--inh-caps={_CAPABILITIES}"]


def held_to_permissions(*command: str) -> list[str]:
    """The command, without what lets root read and write everything."""
    return [*(_GIVES_THEM_UP if os.geteuid() == 0 else []), *command]
