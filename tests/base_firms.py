"""The base configuration with more firms than its one."""

import shutil
from collections.abc import Iterable
from pathlib import Path

BASE = Path(__file__).resolve().parent / "cases" / "validate" / "base"


def network_of(config: Path, others: Iterable[str]) -> None:
    """The base configuration in a folder, and beside its firm others that are like it but for id and name."""
    shutil.copytree(BASE, config, dirs_exist_ok=True)
    for kind in ("firms", "facts"):
        text = (config / kind / "oak.yaml").read_text()
        for firm in others:
            own = text.replace(": oak", f": {firm}").replace("Oak &", f"{firm.capitalize()} &")
            (config / kind / f"{firm}.yaml").write_text(own)
