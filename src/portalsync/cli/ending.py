"""How a command ends that does not come to its end: the exit code, and why."""

import sys
from dataclasses import dataclass

import click

from portalsync.cli.signals import signal_of
from portalsync.cli.usage import in_words
from portalsync.diagnostics import Diagnostic, complaint
from portalsync.errors import ExitCode, PortalsyncError, reason
from portalsync.lexicon import phrase

_BY_SIGNAL = 128
"""What shells add to the number of a signal."""


@dataclass(frozen=True, slots=True)
class Ending:
    code: ExitCode
    why: Diagnostic

    @classmethod
    def by(cls, error: BaseException) -> "Ending":
        """What the system refuses is told as that, wherever it was met; everything else that is no expected
        error is a bug of ours.
        """
        match error:
            case click.UsageError():
                return cls(ExitCode.USAGE, in_words(error))
            case click.Abort() | KeyboardInterrupt():
                code = ExitCode(_BY_SIGNAL + signal_of(error))
                return cls(code, complaint(phrase(f"told.{code.name.lower()}")))
            case PortalsyncError():
                return cls(error.exit_code, error.diagnostic)
            case OSError():
                return cls(ExitCode.ERROR, _refused(error))
        what = phrase("errors.bug.message", kind=type(error).__name__)
        return cls(ExitCode.BUG, complaint(what, hint=phrase("errors.bug.hint")))


def _refused(error: OSError) -> Diagnostic:
    file = str(error.filename) if error.filename is not None else sys.argv[0]
    what = phrase("errors.system.message", file=file, reason=reason(error))
    return complaint(what, hint=phrase("errors.system.hint"))
