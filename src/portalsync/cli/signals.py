"""Signals that ask a command to end: it leaves nothing half done, and ends with the code that they have."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from portalsync.cli.output import tell
from portalsync.lexicon import Text, phrase

_POLITE = ("SIGINT", "SIGTERM", "SIGHUP")
"""By name: not every system has all of them."""


class Interrupted(KeyboardInterrupt):
    """Somebody asks the command to end. Whatever heeds Ctrl-C heeds this."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def signal_of(error: BaseException) -> int:
    """The signal that an interruption came from; click hides it behind its own."""
    asked = (each for each in (error, error.__cause__) if isinstance(each, Interrupted))
    return next((each.number for each in asked), signal.SIGINT)


def end_on_signals() -> None:
    """From now on, a signal that would kill the program ends its command like Ctrl-C."""
    sys.unraisablehook = _die_unheard
    for number in _heeded():
        signal.signal(number, _end)


def die_of_signals() -> None:
    """From now on a signal ends the program as the system has it: nothing is left to be told, or it is the
    second one, and whoever sent it does not want to wait for the ending.
    """
    for number in _heeded():
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def each_is_heard() -> Iterator[None]:
    """While somebody is asked: Python drops what is raised in the very moment before it waits for a line, so
    one that comes later has to be heard too, and not only to kill.
    """
    before = {number: signal.signal(number, _interrupt) for number in _heeded()}
    try:
        yield
    except BaseException:
        die_of_signals()
        raise
    for number, handler in before.items():
        signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    die_of_signals()
    _interrupt(number, frame)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise Interrupted(number)


def _die_unheard(lost: "sys.UnraisableHookArgs") -> None:
    """Python drops what is raised while it takes an object down: nobody would end then."""
    if isinstance(lost.exc_value, Interrupted):
        die_of_signals()
        signal.raise_signal(lost.exc_value.number)
    sys.__unraisablehook__(lost)


class Interruption:
    """What signals ask of work that nobody should tear: the first, to end after the present step; the second,
    to end at once.
    """

    number: int = 0
    """The first signal; 0 before there was one."""

    def __init__(self, ending: str) -> None:
        """`ending` is the key of what the first one makes the command tell."""
        self._ending = ending

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if self.number:
            end_on_signals()  # and one more ends even the telling
            raise Interrupted(number)
        self.number = number
        with suppress(RuntimeError):  # it came while something else was being told
            tell(phrase(self._ending))

    @property
    def error(self) -> Interrupted | None:
        """What the first signal ends the command with, once the work is done as far as it goes."""
        return Interrupted(self.number) if self.number else None

    def halted(self) -> Text:
        """Why no further step is to be begun; empty while there is no reason."""
        return phrase("receipt.stopped.interrupted") if self.number else ""


@contextmanager
def interruption(ending: str = "told.ending") -> Iterator[Interruption]:
    """Signals are kept for the work inside, which looks for them between two of its steps."""
    kept = Interruption(ending)
    before = {number: signal.signal(number, kept) for number in _heeded()}
    try:
        yield kept
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heeded() -> list[signal.Signals]:
    """Those that whoever started the program did not have it ignore, as nohup does; threads get none."""
    if threading.current_thread() is not threading.main_thread():
        return []
    known = [signal.Signals[name] for name in _POLITE if name in signal.Signals.__members__]
    return [number for number in known if signal.getsignal(number) not in (signal.SIG_IGN, None)]
