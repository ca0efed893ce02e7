"""The configuration that a command works on."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from portalsync.cli.inputs import findings_in, in_folder
from portalsync.cli.output import tell_findings
from portalsync.cli.progress import progress
from portalsync.cli.usage import WrongUse, choices
from portalsync.lexicon import phrase
from portalsync.pipeline.load import Loaded, load, load_firms, load_network


def load_config(root: Path, only: Container[str] | None = None) -> Loaded:
    """The configuration in a folder, or some of its firms; its warnings go to stderr."""
    loaded = read_config(root, only)
    if loaded.warnings:
        tell_findings([in_folder(each, root) for each in loaded.warnings])
    return loaded


def read_config(root: Path, only: Container[str] | None = None) -> Loaded:
    """The same, without a word about warnings."""
    with findings_in(root), progress("told.reading") as watch:
        return load(root, watch) if only is None else load_firms(root, only, watch)


def read_network(root: Path) -> Mapping[str, Any]:
    """What portalsync.yaml says; no other file is read."""
    with findings_in(root):
        return load_network(root)


def environment_of(network: Mapping[str, Any], name: str | None) -> tuple[str, Mapping[str, str]]:
    """An environment's name and settings. WrongUse if there is no such environment."""
    wanted = name or str(network["default_environment"])
    if wanted not in network["environments"]:
        known = choices(network["environments"])
        raise WrongUse(phrase("help.usage.unknown-environment.message", name=wanted), known)
    return wanted, network["environments"][wanted]
