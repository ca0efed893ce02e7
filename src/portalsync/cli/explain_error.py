"""`portalsync explain-error`: what the code of a finding means, and what to do."""

import sys

import click

from portalsync.cli.options import language_option
from portalsync.cli.output import show
from portalsync.cli.terminal import Terminal
from portalsync.errors import ExitCode


@click.command(name="explain-error")
@click.argument("code", required=False)
@language_option
def explain_error(code: str | None, lang: str) -> int:
    """Explain the CODE of a finding, as in error[CODE]. Without one: list all codes."""
    from portalsync.views.codes import explanations, render_codes, render_explanation

    if code is None:
        show(render_codes(lang))
        return ExitCode.DONE
    wanted = _bare(code)
    if wanted not in explanations(lang):
        raise click.UsageError(_unknown(wanted, [*explanations(lang)]))
    show(render_explanation(wanted, lang, Terminal.of(sys.stdout).width))
    return ExitCode.DONE


def _bare(code: str) -> str:
    """The code of `error[CODE]` or `warning[CODE]:` as people copy it."""
    head, bracket, rest = code.strip().partition("[")
    return (rest.partition("]")[0] if bracket else head).lower()


def _unknown(code: str, known: list[str]) -> str:
    from difflib import get_close_matches

    from portalsync.views.visible import visible

    near = get_close_matches(code, known, n=1)
    meant = f"Did you mean {near[0]}?" if near else "`portalsync explain-error` lists all codes."
    return f"There is no code {visible(code)}. {meant}"
