"""What commands have in common: the configuration, and the portal of an environment."""

import subprocess
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from portalsync.cli.output import tell, tell_findings
from portalsync.cli.progress import progress
from portalsync.cli.usage import WrongUse, choices
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig, PlanRefused
from portalsync.files import read_file
from portalsync.lexicon import phrase

if TYPE_CHECKING:
    from portalsync.backend.protocol import Backend
    from portalsync.model.guardrails import Acknowledgement
    from portalsync.model.plan import Plan
    from portalsync.pipeline.load import Loaded


def load_config(root: Path, only: Container[str] | None = None) -> "Loaded":
    """The configuration in a folder, or some of its firms; its warnings go to stderr."""
    loaded = read_config(root, only)
    if loaded.warnings:
        tell_findings([in_folder(each, root) for each in loaded.warnings])
    return loaded


def read_config(root: Path, only: Container[str] | None = None) -> "Loaded":
    """The same, without a word about warnings."""
    from portalsync.pipeline.load import load, load_firms

    with findings_in(root), progress("told.reading") as watch:
        return load(root, watch) if only is None else load_firms(root, only, watch)


@contextmanager
def findings_in(root: Path) -> Iterator[None]:
    """Findings that stop what happens here name their files as seen from where the command runs."""
    try:
        yield
    except InvalidConfig as error:
        raise InvalidConfig([in_folder(each, root) for each in error.diagnostics]) from error


def in_folder(finding: Diagnostic, root: Path) -> Diagnostic:
    """The finding, its file named as seen from where the command runs."""
    return replace(finding, position=replace(finding.position, file=str(root / finding.position.file)))


def plan_of(  # noqa: PLR0913, PLR0917 - what a plan is made of
    loaded: "Loaded",
    root: Path,
    portal: "Backend",
    environment: str,
    at: datetime,
    acknowledged: "Sequence[Acknowledgement]",
) -> "Plan":
    """What would change on a portal. It is told which acknowledgements nothing asked for."""
    from portalsync.pipeline.run import make_plan
    from portalsync.planning.guardrails import unused

    commit = _commit_of(root)
    with findings_in(root), progress("told.comparing") as watch:
        plan = make_plan(loaded, portal, environment, at, commit, acknowledged=acknowledged, watch=watch)
    for each in unused(plan, acknowledged):
        tell(phrase("guardrails.unused", acknowledgement=str(each)))
    return plan


def environment_of(loaded: "Loaded", name: str | None) -> tuple[str, Mapping[str, str]]:
    """An environment's name and settings. WrongUse if there is no such environment."""
    data = loaded.config.network.data
    wanted = name or str(data["default_environment"])
    if wanted not in data["environments"]:
        known = choices(data["environments"])
        raise WrongUse(phrase("help.usage.unknown-environment.message", name=wanted), known)
    return wanted, data["environments"][wanted]


@contextmanager
def portal_of(loaded: "Loaded", root: Path, settings: Mapping[str, str]) -> Iterator["Backend"]:
    """The portal of an environment, closed at the end."""
    from portalsync.backend.connect import connected
    from portalsync.pipeline.load import seed_of

    with connected(settings["backend"], settings, root, seed_of(loaded.config)) as portal:
        yield portal


def _commit_of(root: Path) -> str:
    """The commit that the folder is at; empty outside git or with uncommitted changes."""
    try:
        head = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return ""
    return "" if changed else head


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "core.fsmonitor=false", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603 - fixed words
    return done.stdout.strip()


def read_saved_plan(file: Path, environment: str | None) -> "Plan":
    """A saved plan; if an environment is named, it must be the plan's."""
    from portalsync.planning.planfile import LARGEST, read_plan

    plan = read_plan(read_file(file, LARGEST), str(file))
    if environment is not None and environment != plan.environment:
        raise PlanRefused(
            phrase(
                "errors.plan.other-environment.message",
                file=str(file),
                planned=plan.environment,
                environment=environment,
            ),
            phrase("errors.plan.other-environment.hint"),
        )
    return plan
