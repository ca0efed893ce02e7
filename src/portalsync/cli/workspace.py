"""The configuration that a command works on."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from portalsync.cli.inputs import findings_in, in_folder
from portalsync.cli.output import tell_findings
from portalsync.cli.progress import progress
from portalsync.cli.usage import WrongUse, choices
from portalsync.config.discover import discover
from portalsync.lexicon import phrase
from portalsync.pipeline.load import Loaded, load, load_firms, load_network
from portalsync.pipeline.survey import Question, Survey, survey


def survey_config(root: Path) -> Survey:
    """The configuration in a folder, checked as a stream; its warnings go to stderr."""
    known = read_survey(root)
    _tell_warnings(known, root)
    return known


def read_survey(root: Path, question: Question | None = None) -> Survey:
    """The same, without a word about warnings."""
    with findings_in(root):
        with progress("told.reading"):
            folder = discover(root)
        with progress("told.checking") as watch:
            return survey(folder, question=question or Question(), watch=watch)


def load_config(root: Path, only: Container[str] | None = None) -> Loaded:
    """The configuration in a folder, or some of its firms; its warnings go to stderr."""
    loaded = read_config(root, only)
    _tell_warnings(loaded, root)
    return loaded


def read_config(root: Path, only: Container[str] | None = None) -> Loaded:
    """The same, without a word about warnings."""
    with findings_in(root), progress("told.reading") as watch:
        return load(root, watch) if only is None else load_firms(root, only, watch)


def _tell_warnings(known: Survey, root: Path) -> None:
    if known.warnings:
        tell_findings([in_folder(each, root) for each in known.warnings])


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
