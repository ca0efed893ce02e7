"""The portal of an environment, and what would change there."""

import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from portalsync.backend.connect import connected, connected_to_read
from portalsync.backend.protocol import Backend, Reader, Seed
from portalsync.cli.inputs import findings_in
from portalsync.cli.output import tell
from portalsync.cli.progress import progress
from portalsync.cli.refusals import telling_refusals
from portalsync.config.selection import Selection
from portalsync.lexicon import phrase
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import Plan
from portalsync.pipeline.load import seed_of
from portalsync.pipeline.run import NOTHING_LESS, make_plan
from portalsync.pipeline.surveyed import Survey
from portalsync.planning.guardrails import unused

_LONGEST_GIT = 10
"""Seconds that git may take to say where the folder stands."""


@contextmanager
def portal_of(seed: Seed, root: Path, settings: Mapping[str, str]) -> Iterator[Backend]:
    """The portal of an environment, to be written to, and closed at the end."""
    with (
        findings_in(root),
        telling_refusals(),
        connected(settings["backend"], settings, root, seed) as portal,
    ):
        yield portal


@contextmanager
def reader_of(known: Survey, root: Path, settings: Mapping[str, str]) -> Iterator[Reader]:
    """The same, only to be read."""
    seed = seed_of(known)
    with telling_refusals(), connected_to_read(settings["backend"], settings, root, seed) as portal:
        yield portal


def plan_of(  # noqa: PLR0913, PLR0917 - what a plan is made of
    known: Survey,
    root: Path,
    portal: Reader,
    environment: str,
    at: datetime,
    acknowledged: Sequence[Acknowledgement],
    selection: Selection,
    only: Mapping[str, Collection[str]] = NOTHING_LESS,
) -> Plan:
    """What would change on a portal; `only` as `make_plan` has it."""
    commit = commit_of(root)
    with findings_in(root), progress("told.comparing") as watch:
        return make_plan(
            known,
            portal,
            environment,
            at,
            commit,
            acknowledged=acknowledged,
            selection=selection,
            only=only,
            watch=watch,
        )


def tell_unused(plan: Plan, acknowledged: Sequence[Acknowledgement]) -> None:
    """Which acknowledgements nothing in the plan asked for."""
    for each in unused(plan, acknowledged):
        tell(phrase("guardrails.unused", acknowledgement=str(each)))


def commit_of(root: Path) -> str:
    """The commit that the folder is at; empty outside git or with uncommitted changes."""
    try:
        head = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return ""
    return "" if changed else head


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "core.fsmonitor=false", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST_GIT, check=True)  # noqa: S603 - fixed words
    return done.stdout.strip()
