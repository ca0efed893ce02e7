"""`portalsync validate`: the files, without a connection."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portalsync.cli.options import at_option, config_option, format_option
from portalsync.cli.output import counted, show, show_findings, tell
from portalsync.cli.workspace import in_folder, read_config
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

    loaded = None
    try:
        loaded = read_config(root)
        findings = [in_folder(each, root) for each in check_offline(loaded, at)]
    except InvalidConfig as error:
        findings = list(error.diagnostics)
    if form == "json":
        show(diagnostics_json(findings))
    elif findings:
        show_findings(findings, sys.stdout)
    if loaded is not None and not has_errors(findings):
        tell(_verdict(loaded))
    return ExitCode.INVALID if has_errors(findings) else ExitCode.DONE


def _verdict(loaded: "Loaded") -> str:
    firms, clients = len(loaded.desired), len(loaded.config.personas)
    unchecked = len(loaded.desired.keys() - loaded.config.facts.keys())
    valid = f"Valid: {counted(firms, 'firm')}, {counted(clients, 'sample client')}."
    if unchecked:
        valid += f" Without a file in facts/, {counted(unchecked, 'firm')} could only be checked in part."
    return valid
