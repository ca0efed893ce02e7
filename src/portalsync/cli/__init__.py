"""The command line: one file per command, and the one boundary where errors become exit codes."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from portalsync import __version__
from portalsync.cli.ending import Ending
from portalsync.cli.environment import DEBUG, check_variables
from portalsync.cli.language import speak_as_asked
from portalsync.cli.output import nobody_reads, tell, tell_diagnostic, tell_findings
from portalsync.cli.program import Program
from portalsync.cli.signals import die_of_signals, end_on_signals
from portalsync.collecting import collect_seldom, is_put_off, put_off_collecting
from portalsync.errors import ExitCode, InvalidConfig
from portalsync.on_demand import OnDemand

EPILOG = """\b
{title}:
  portalsync validate                 {validate}
  portalsync plan --out plan.json     {plan}
  portalsync preview --plan plan.json {preview}
  portalsync apply plan.json          {apply}
"""


COMMANDS: OnDemand[click.Command] = OnDemand(
    "portalsync.cli.commands",
    "init",
    "validate",
    "migrate",
    "plan",
    "show",
    "runbook",
    "preview",
    "apply",
    "drift",
    "status",
    "facts",
    "pull",
    "timeline",
    "history",
    "explain",
    "rollback",
    "find",
    "comment",
    "reviewed",
    "backend",
    "serve",
    "backup",
    "restore",
    "audit",
    "demo",
    "schema",
    "fmt",
    "completion",
    "man",
    "docs",
    "explain-error",
)


@click.group(
    cls=Program,
    name="portalsync",
    epilog=EPILOG,
    commands=COMMANDS,
    context_settings={"max_content_width": 100},
)
@click.version_option(__version__, message=f"portalsync {__version__}")
@click.pass_context
def program(context: click.Context) -> None:
    """What comes first once the command that was asked for is imported."""
    check_variables(program, context.invoked_subcommand)
    if is_put_off():
        collect_seldom()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; end with its exit code."""
    put_off_collecting()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for terminals that do not speak UTF-8
    end_on_signals()
    code = run(arguments)
    die_of_signals()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every expected error becomes a message, a hint and an exit code."""
    speak_as_asked(sys.argv[1:] if arguments is None else arguments)
    try:
        code = program.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="portalsync",
            standalone_mode=False,
        )
    except BaseException as error:  # noqa: BLE001 - the one boundary: nothing leaves as a traceback
        return _end(error)
    return int(code or 0)


def _end(error: BaseException) -> int:
    """What a person reads about an error, and the exit code for it."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, SystemExit):
        nobody_reads(sys.stdout)  # of what click prints itself, such as --help
        return ExitCode.ERROR if error.code else ExitCode.DONE
    ending = Ending.by(error)
    if ending.code is ExitCode.BUG and os.environ.get(DEBUG) == "1":
        import traceback  # noqa: PLC0415 - 5 ms

        traceback.print_exception(error)
    _show(error, ending)
    return ending.code


def _show(error: BaseException, ending: Ending) -> None:
    match error:
        case click.exceptions.NoArgsIsHelpError():
            tell(error.message)
        case click.Abort() | KeyboardInterrupt():
            tell(ending.why.message)
        case InvalidConfig():
            tell_findings(error.diagnostics)
        case _:
            tell_diagnostic(ending.why)
