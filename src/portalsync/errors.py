"""The errors portalsync raises on purpose, each with its exit code.

PortalsyncError                1   anything below without a code of its own
├── InvalidConfig              3   the files say something that cannot be
├── FirmsStopped               3   something is wrong with some firms; the others were planned, or applied
├── UnreadableInput            3   a file or folder is missing, unreadable or not what it should be
├── PlanRefused                4   the plan is stale, altered or for another portal
├── Blocked                    6   a guardrail holds the plan back
├── NothingSelected           64   no firm is called so, or no firm is in such a group
├── OutcomeUnknown             7   a commit was sent and nobody knows how it ended
│   └── PortalBusy             7   for the portal asks to be left alone for a while
├── BackendError               1   the portal answered, but not as the contract says
│   ├── BackendUnreachable     1   no answer at all
│   ├── AccessDenied           1   the portal wants a token, or another one
│   ├── FirmUnknown            1   the portal has no such firm
│   ├── DatabaseUnusable       1   the portal's database cannot be read or written
│   └── CommitRefused          4   the portal did not accept a commit
└── OutputFailed               1   the result could not be written
"""

import errno
from collections.abc import Sequence
from enum import IntEnum

from portalsync.diagnostics import Diagnostic, complaint, numbers
from portalsync.lexicon import LOCALES, Phrase, Text, counted, lexicon_of, phrase


class ExitCode(IntEnum):
    """How a command ends. The docs and the tests read this table."""

    DONE = 0
    ERROR = 1
    CHANGES = 2
    INVALID = 3
    CONFLICT = 4
    PARTIAL = 5
    BLOCKED = 6
    UNKNOWN = 7
    USAGE = 64
    BUG = 70
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143

    @property
    def meaning(self) -> Phrase:
        return phrase(f"help.ends.{self.name.lower()}")


class PortalsyncError(Exception):
    """An expected failure: shown as a diagnostic, never as a traceback."""

    exit_code = ExitCode.ERROR

    def __init__(self, message: Text, hint: Text = "") -> None:
        super().__init__(message)
        self.diagnostic = complaint(message, hint=hint)

    def __str__(self) -> str:
        return str(self.diagnostic.message)


def reason(error: OSError) -> Text:
    """Why the operating system refused something; where we have no words, in its own."""
    key = f"errors.reasons.{errno.errorcode.get(error.errno or 0, '')}"
    return phrase(key) if key in lexicon_of(LOCALES[0]) else error.strerror or str(error)


class InvalidConfig(PortalsyncError):
    exit_code = ExitCode.INVALID

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(counted("problems.errors", numbers(diagnostics).total()))
        self.diagnostics = tuple(diagnostics)


class FirmsStopped(PortalsyncError):
    exit_code = ExitCode.INVALID


class UnreadableInput(PortalsyncError):
    exit_code = ExitCode.INVALID


class PlanRefused(PortalsyncError):
    exit_code = ExitCode.CONFLICT


class Blocked(PortalsyncError):
    exit_code = ExitCode.BLOCKED


class NothingSelected(PortalsyncError):
    exit_code = ExitCode.USAGE


class OutcomeUnknown(PortalsyncError):
    exit_code = ExitCode.UNKNOWN


class PortalBusy(OutcomeUnknown):
    """The portal asks to be left alone for a while."""


class BackendError(PortalsyncError):
    pass


class BackendUnreachable(BackendError):
    pass


class AccessDenied(BackendError):
    pass


class NotKept(PortalsyncError):
    """What the portal has cannot be said by a file."""


class FirmUnknown(BackendError):
    pass


class DatabaseUnusable(BackendError):
    """`passes` says whether another try may do: a lock comes free, a disk has room again; `is_damage`,
    whether what stands there cannot be read, whoever tries.
    """

    def __init__(
        self, message: Text, hint: Text = "", *, passes: bool = False, is_damage: bool = False
    ) -> None:
        super().__init__(message, hint)
        self.passes = passes
        self.is_damage = is_damage


class CommitRefused(BackendError):
    exit_code = ExitCode.CONFLICT


class OutputFailed(PortalsyncError):
    pass
