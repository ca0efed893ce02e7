"""`portalsync drift`: the portal held against what was last applied, and what the files say now; it only
reads. Of a portal without an API, whoever sits at the terminal looks first, and what they see is recorded.
"""

from functools import partial
from pathlib import Path

import click

from portalsync.cache import Cache
from portalsync.catalog.files.network import MANUAL
from portalsync.cli.actor import actor_option
from portalsync.cli.cache_options import cache_options
from portalsync.cli.forge import forge_of, github_options
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import load_config, read_config
from portalsync.cli.options import (
    config_option,
    detailed_exitcode_option,
    environment_option,
    format_option,
)
from portalsync.cli.output import tell
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result
from portalsync.cli.selection import selection_options
from portalsync.cli.usage import WrongUse
from portalsync.cli.ways_out import WaysOut, edit_files, restoring, ways_out_options
from portalsync.cli.workspace import environment_of, read_survey, working
from portalsync.config.selection import Selection
from portalsync.errors import ExitCode, InvalidConfig
from portalsync.forge.marks import DriftMark
from portalsync.forge.protocol import Forge
from portalsync.forge.sticky import Sticky
from portalsync.lexicon import phrase
from portalsync.living.drift import Drift, find_drift, not_in_files
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.surveyed import Survey
from portalsync.planning.guardrails import check_guardrails
from portalsync.planning.stopped import check_stopped
from portalsync.views.drift_issue import LABEL, drift_issue
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.wording.drift import word_drift


@click.command(cls=Command)
@config_option
@environment_option
@selection_options
@cache_options
@format_option(*RESULTS)
@detailed_exitcode_option
@click.option(
    "--issue",
    is_flag=True,
    envvar="PORTALSYNC_DRIFT_ISSUE",
)
@github_options
@ways_out_options
@actor_option
def drift(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    selection: Selection,
    form: str,
    detailed_exitcode: bool,
    cache: Cache,
    issue: bool,
    repository: str,
    token: str,
    api: str,
    author: str,
    ways_out: WaysOut,
    actor: str,
) -> int:
    if issue and not selection.is_everyone:
        raise WrongUse(phrase("help.usage.issue-of-some.message"), phrase("help.usage.issue-of-some.hint"))
    known = _surveyed(root, selection, cache)
    name, settings = environment_of(known.network, environment)
    advises = not any(ways_out.asked.paths.values())
    with reader_of(known, root, settings) as portal:
        chosen = selection.under(known.known_as)
        if settings["backend"] == MANUAL and advises:
            from portalsync.cli.looking import check_record  # noqa: PLC0415 - most portals have an API

            there = {**{firm.id: () for firm in portal.firms()}, **known.memberships}
            check_record(portal, chosen.among(there), root, name, form, actor)
        with progress("told.comparing") as watch:
            drifted = find_drift(portal, name, chosen, known.memberships, watch=watch, wanted=known.wanted)
        found = _not_in_files(drifted, root)
        restored = restoring(ways_out, found, root, portal)
        if ways_out.edits_files:
            edit_files(ways_out, found, root, portal)
    report = partial(word_drift, found, spoken_lexicon(), advises=advises)
    print_result(Result(report, lambda: (canonical(encode(found)), b"\n")), RESULTS[form])
    if settings["backend"] == MANUAL and found.firms:
        tell(phrase("looks.who-looked"))
    if issue:
        with forge_of(repository, token, api, root) as forge:
            _keep_issue(found, forge, author)
    if restored is not None:
        check_stopped(restored.stopped_firms)
        check_guardrails(restored)
    return ExitCode.CHANGES if detailed_exitcode and found.firms else ExitCode.DONE


def _surveyed(root: Path, selection: Selection, cache: Cache) -> Survey:
    """The configuration; without its firms if there are errors in it, unless some of them are asked for."""
    try:
        with working(root, "") as (folder, workers):
            return read_survey(root, folder, workers, cache=cache)
    except InvalidConfig:
        if not selection.is_everyone:
            raise
        return load_config(root, frozenset())


def _not_in_files(found: Drift, root: Path) -> Drift:
    """Files that cannot be read hide no drift: then all that is not as applied is some."""
    if not found.firms:
        return found
    try:
        known = read_config(root, {firm.id for firm in found.firms})
    except InvalidConfig:
        tell(phrase("told.drift-without-files"))
        return found
    return not_in_files(found, {firm: desired_of(known, firm) for firm in known.firms})


def _keep_issue(found: Drift, forge: Forge, author: str) -> None:
    title, body = drift_issue(found, spoken_lexicon())
    ours = DriftMark(found.environment)
    sticky = Sticky(forge, author, lambda text: DriftMark.read(text) == ours)
    done = sticky.issue(LABEL, title, body, needed=bool(found.firms or found.vanished))
    tell(phrase(f"told.issue.{done}"))
