"""A configuration, some of its firms, or the one file of it that names the portals."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from portalsync.cli.inputs import findings_in
from portalsync.cli.progress import progress
from portalsync.cli.workspace import tell_warnings
from portalsync.pipeline.load import load, load_firms, load_network
from portalsync.pipeline.surveyed import Survey


def load_config(root: Path, only: Container[str] | None = None) -> Survey:
    """The configuration in a folder, or some of its firms; its warnings go to stderr."""
    loaded = read_config(root, only)
    tell_warnings(loaded, root)
    return loaded


def read_config(root: Path, only: Container[str] | None = None) -> Survey:
    """The same, without a word about warnings."""
    with findings_in(root), progress("told.reading") as watch:
        return load(root, watch) if only is None else load_firms(root, only, watch)


def read_network(root: Path) -> Mapping[str, Any]:
    """What portalsync.yaml says; no other file is read."""
    with findings_in(root):
        return load_network(root)
