"""`portalsync explain-error`: what the code of a finding means, and what to do."""

import sys

import click

from portalsync.cli.language import spoken, spoken_lexicon
from portalsync.cli.output import show
from portalsync.cli.program import Command
from portalsync.cli.terminal import Terminal
from portalsync.cli.usage import WrongUse
from portalsync.errors import ExitCode
from portalsync.lexicon import phrase
from portalsync.suggest import did_you_mean
from portalsync.views.codes import explanations, render_codes, render_explanation


@click.command(cls=Command, name="explain-error")
@click.argument("code", required=False, metavar="code")
def explain_error(code: str | None) -> int:
    if code is None:
        show(render_codes(spoken()))
        return ExitCode.DONE
    wanted = _bare(code)
    if wanted not in explanations(spoken()):
        others = phrase("help.usage.unknown-code.hint")
        raise WrongUse(
            phrase("help.usage.unknown-code.message", code=wanted),
            did_you_mean(wanted, explanations(spoken())) or others,
        )
    show(render_explanation(wanted, spoken_lexicon(), Terminal.of(sys.stdout).width))
    return ExitCode.DONE


def _bare(code: str) -> str:
    """The code of `error[CODE]` or `warning[CODE]:` as people copy it."""
    head, bracket, rest = code.strip().partition("[")
    return (rest.partition("]")[0] if bracket else head).lower()
