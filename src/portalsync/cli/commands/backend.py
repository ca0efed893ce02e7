"""`portalsync backend`: for vendors. `check` holds any portal against the contract."""

import os
import sys
from collections.abc import Sequence

import click

from portalsync.backend.access import READER, given_token
from portalsync.backend.http import checked_address
from portalsync.cli.ask import agreed
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.options import format_option, yes_option
from portalsync.cli.output import show
from portalsync.cli.outputs import output_file_option
from portalsync.cli.program import Command, Program
from portalsync.cli.progress import progress
from portalsync.cli.results import save
from portalsync.cli.signals import interruption
from portalsync.cli.terminal import Terminal
from portalsync.cli.values import Target
from portalsync.conformance.checks import CHECKS
from portalsync.conformance.probe import Probe
from portalsync.conformance.suite import begin, examine
from portalsync.errors import ExitCode
from portalsync.lexicon import Text, phrase, quoted
from portalsync.model.conformance import Conformance
from portalsync.views import formats
from portalsync.views.screen import Screen


@click.group(cls=Program)
def backend() -> None: ...


@backend.command(cls=Command)
@click.argument("url", metavar="url")
@click.option("--firm", default="", envvar="PORTALSYNC_CHECK_FIRM")
@yes_option
@format_option(*formats.CHECKS)
@output_file_option(*formats.CHECKS)
def check(*, url: str, firm: str, yes: bool, form: str, targets: tuple[Target, ...]) -> int:
    token, reader = given_token(os.environ), given_token(os.environ, READER)
    probe = Probe(checked_address(url), token=token.text if token else "")
    try:
        trial = begin(probe, firm, reader.text if reader else "")
        unwritten = "" if firm and yes else _unwritten(firm, url)
        with interruption("told.ending-checks") as interrupted:
            with progress("told.checking-portal") as watch:
                checked = examine(trial, CHECKS, unwritten, watch=watch, halted=interrupted.halted)
            _report(checked, form, targets)
    finally:
        probe.close()
    if checked.interrupted:
        raise interrupted.error or KeyboardInterrupt
    return ExitCode.DONE if checked.is_kept else ExitCode.ERROR


def _report(checked: Conformance, form: str, targets: Sequence[Target]) -> None:
    _print(checked, form)
    save(targets, lambda name: formats.CHECKS[name].of_checks(checked, spoken_lexicon(), Screen()))


def _unwritten(firm: str, url: str) -> Text:
    """Why nothing may be written; empty if somebody agrees to it."""
    if not firm:
        return phrase("conformance.skipped.no-firm-named")
    question = phrase("told.check-writes", firm=quoted(firm), portal=url)
    is_agreed = agreed(question, phrase("help.usage.add-yes"))
    return "" if is_agreed else phrase("conformance.skipped.declined")


def _print(checked: Conformance, form: str) -> None:
    terminal = Terminal.of(sys.stdout)
    for piece in formats.CHECKS[form].of_checks(checked, spoken_lexicon(), terminal):
        show(piece, color=terminal.color)
