"""`portalsync validate`: the files, without a connection."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portalsync.cli.options import at_option, config_option, format_option
from portalsync.cli.output import tell
from portalsync.cli.terminal import Terminal
from portalsync.cli.workspace import load_config
from portalsync.errors import ExitCode, InvalidConfig

if TYPE_CHECKING:
    from portalsync.pipeline import Loaded


@click.command()
@config_option
@at_option
@format_option("text", "json")
def validate(root: Path, at: datetime, form: str) -> int:
    """Check the files: schema, references, rules, promises to clients."""
    from portalsync.diagnostics import has_errors
    from portalsync.pipeline import check_offline
    from portalsync.views.json import diagnostics_json
    from portalsync.views.problems import render_problems

    loaded = None
    try:
        loaded = load_config(root)
        findings = check_offline(loaded, at)
    except InvalidConfig as error:
        findings = list(error.diagnostics)
    if form == "json":
        click.echo(diagnostics_json(findings), nl=False)
    elif findings:
        terminal = Terminal.of(sys.stdout)
        text = render_problems(findings, color=terminal.color, prefix=f"{root}/")
        click.echo(text, nl=False, color=terminal.color)
    if loaded is not None and not has_errors(findings):
        tell(_verdict(loaded))
    return ExitCode.INVALID if has_errors(findings) else ExitCode.DONE


def _verdict(loaded: "Loaded") -> str:
    firms, clients = len(loaded.desired), len(loaded.config.personas)
    unchecked = len(loaded.desired.keys() - loaded.config.facts.keys())
    valid = f"Valid: {_counted(firms, 'firm')}, {_counted(clients, 'sample client')}."
    if unchecked:
        valid += f" Without a file in facts/, {_counted(unchecked, 'firm')} could only be checked in part."
    return valid


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
