"""`portalsync audit`: the audit trails of a portal. `export` writes them down, `verify` holds them against
themselves, the portal, and what was kept of them elsewhere.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from portalsync.catalog.files.network import EMBEDDED
from portalsync.cli.embedded import embedded_database
from portalsync.cli.loaded import load_config
from portalsync.cli.notes import keep_note, newest_note
from portalsync.cli.options import config_option, environment_option, format_option
from portalsync.cli.output import show, tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.portal import reader_of
from portalsync.cli.program import Command, Program
from portalsync.cli.progress import progress
from portalsync.cli.results import print_result
from portalsync.cli.selection import selection_options
from portalsync.cli.usage import WrongUse
from portalsync.cli.values import PATH
from portalsync.cli.workspace import environment_of, survey_config
from portalsync.config.selection import Selection
from portalsync.errors import ExitCode
from portalsync.files import read_file, write_file
from portalsync.lexicon import counted, phrase
from portalsync.living.audit import Anchor, exported, verified_over_contract
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.verification import Verification
from portalsync.pipeline.surveyed import Survey
from portalsync.server.verified import verified
from portalsync.views.format import Result
from portalsync.views.formats import RESULTS
from portalsync.views.wording.audit import word_verification

_LARGEST_ANCHOR = 1024 * 1024 * 1024
_SHORT = 12


@click.group(cls=Program)
def audit() -> None: ...


@audit.command(cls=Command)
@config_option
@environment_option
@selection_options
@click.option(
    "--heads",
    is_flag=True,
    envvar="PORTALSYNC_AUDIT_HEADS",
)
@click.option(
    "--out",
    type=OUTPUT_FILE,
    envvar="PORTALSYNC_AUDIT_OUT",
)
@click.option(
    "--note",
    is_flag=True,
    envvar="PORTALSYNC_AUDIT_NOTE",
)
def export(  # noqa: PLR0913 - one parameter per option of the command line
    *,
    root: Path,
    environment: str | None,
    selection: Selection,
    heads: bool,
    out: Path | None,
    note: bool,
) -> int:
    if note and out:
        raise WrongUse(phrase("help.usage.note-or-file.message"), phrase("help.usage.note-or-file.hint"))
    known = load_config(root, frozenset()) if selection.is_everyone else survey_config(root)
    _, settings = environment_of(known.network, environment)
    with reader_of(known, root, settings) as portal, progress("told.asking") as watch:
        there = {firm.id: known.memberships.get(firm.id, ()) for firm in portal.firms()}
        firms = sorted(selection.under(known.known_as).among(there))
        lines = exported(portal, watch(firms), heads=heads or note)
        if note:
            keep_note(root, b"".join(lines))
        elif out:
            write_file(out, lines)
        else:
            for line in lines:
                show(line)
    if note or out:
        tell(counted("told.exported", len(firms)))
    return ExitCode.DONE


@audit.command(cls=Command)
@config_option
@environment_option
@format_option(*RESULTS)
@click.option(
    "--anchor",
    "anchors",
    type=PATH,
    multiple=True,
    envvar="PORTALSYNC_AUDIT_ANCHOR",
)
@click.option(
    "--note",
    is_flag=True,
    envvar="PORTALSYNC_AUDIT_NOTE",
)
def verify(*, root: Path, environment: str | None, form: str, anchors: tuple[Path, ...], note: bool) -> int:
    # Which firms the files name is no matter here.
    known = load_config(root, frozenset())
    name, settings = environment_of(known.network, environment)
    anchor = _anchor(anchors, root, note=note)
    found = _verified(known, root, name, settings, anchor)
    body = (canonical(encode(found)), b"\n")
    print_result(Result(lambda: word_verification(found), lambda: body), RESULTS[form])
    return ExitCode.ERROR if found.broken else ExitCode.DONE


def _anchor(files: Sequence[Path], root: Path, *, note: bool) -> Anchor:
    anchor = Anchor()
    for file in files:
        anchor = anchor.and_of(read_file(file, _LARGEST_ANCHOR), str(file))
    if note:
        content, commit = newest_note(root)
        tell(phrase("told.note", commit=commit[:_SHORT]))
        anchor = anchor.and_of(content, commit[:_SHORT])
    return anchor


def _verified(
    known: Survey, root: Path, name: str, settings: Mapping[str, str], anchor: Anchor
) -> Verification:
    """An embedded portal is looked at from inside; any other by what it answers."""
    if settings["backend"] == EMBEDDED:
        database = embedded_database(known, root, name)
        with progress("told.verifying") as watch:
            return verified(database, name, watch, anchor.rows)
    with reader_of(known, root, settings) as portal, progress("told.verifying") as watch:
        return verified_over_contract(portal, name, anchor, watch)
