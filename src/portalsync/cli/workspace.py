"""The configuration that a command works on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portalsync.cache import NOTHING_KEPT, Cache
from portalsync.catalog.files.layers import FIRM
from portalsync.cli.inputs import findings_in, in_folder
from portalsync.cli.output import tell_findings
from portalsync.cli.progress import progress
from portalsync.cli.usage import WrongUse, choices
from portalsync.config.discover import ConfigFolder, discover
from portalsync.lexicon import phrase
from portalsync.pipeline.executors import workers_of
from portalsync.pipeline.survey import NOTHING_MORE, Question, survey
from portalsync.pipeline.surveyed import Survey
from portalsync.pipeline.workers import Workers


@contextmanager
def surveyed(root: Path, executor: str = "", cache: Cache = NOTHING_KEPT) -> Iterator[Survey]:
    """The configuration in a folder, checked as a stream by workers that are there for the block; its
    warnings go to stderr.
    """
    with working(root, executor) as (folder, workers):
        known = read_survey(root, folder, workers, cache=cache)
        tell_warnings(known, root)
        yield known


def survey_config(root: Path, cache: Cache = NOTHING_KEPT) -> Survey:
    """The same, when nobody has to work on its firms any more."""
    with surveyed(root, cache=cache) as known:
        return known


@contextmanager
def working(root: Path, executor: str) -> Iterator[tuple[ConfigFolder, Workers]]:
    """A folder, and workers for its firms. They begin while nothing else is going on in this process."""
    with findings_in(root), progress("told.reading"):
        folder = discover(root)
    firms = sum(1 for each in folder.files if each.kind == FIRM.name)
    with workers_of(executor, firms) as workers:
        yield folder, workers


def read_survey(
    root: Path,
    folder: ConfigFolder,
    workers: Workers,
    question: Question = NOTHING_MORE,
    cache: Cache = NOTHING_KEPT,
) -> Survey:
    """The same, without a word about warnings."""
    with findings_in(root), progress("told.checking") as watch:
        return survey(folder, workers, question, watch, cache=cache)


def tell_warnings(known: Survey, root: Path) -> None:
    if known.warnings:
        tell_findings([in_folder(each, root) for each in known.warnings])


def environment_of(network: Mapping[str, Any], name: str | None) -> tuple[str, Mapping[str, str]]:
    """An environment's name and settings. WrongUse if there is no such environment."""
    wanted = name or str(network["default_environment"])
    if wanted not in network["environments"]:
        known = choices(network["environments"])
        raise WrongUse(phrase("help.usage.unknown-environment.message", name=wanted), known)
    return wanted, network["environments"][wanted]
