"""Somebody at a terminal, who types what is asked for."""

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path


def typed(
    folder: Path, command: Sequence[str], *lines: str, code: int = 0, language: str | None = None
) -> str:
    """What a terminal shows while somebody types these lines, each after a question."""
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTALSYNC_")}
    spoken = {"PORTALSYNC_LANG": language} if language else {}
    with subprocess.Popen(
        [sys.executable, "-m", "portalsync", *command],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**inherited, **spoken, "TERM": "dumb"},
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509 - so that Ctrl-C reaches it
    ) as process:
        os.close(theirs)
        try:
            shown = "".join(_answer(ours, line) for line in lines) + _rest(ours, lines[-1])
            assert process.wait(timeout=300) == code, shown
        finally:
            process.kill()
            os.close(ours)
    return shown


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    # Whoever runs the tests in the background ignores Ctrl-C, and their children would too.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _answer(terminal: int, line: str) -> str:
    """Wait for the question, then type the line."""
    shown = ""
    while not shown.rstrip(" ").endswith("]:"):
        assert _is_talking(terminal, seconds=20), shown
        shown += os.read(terminal, 4096).decode()
    os.write(terminal, line.encode())
    return shown


def _rest(terminal: int, last: str) -> str:
    """What is shown until the end. An impatient person presses Ctrl-C again: pressed in the very moment
    before Python waits for the line, it is only heard with the next key. Once it is heard, a line says so;
    pressed again before that line, it ends the program without one, which is why so much time is given.
    """
    shown = ""
    for _ in range(20):
        if not _is_talking(terminal, seconds=10):
            os.write(terminal, last.encode() if last == "\x03" and "\n" not in shown else b"")
            continue
        try:
            shown += os.read(terminal, 4096).decode()
        except OSError:  # the other end was closed
            break
    return shown


def _is_talking(terminal: int, seconds: float) -> bool:
    return bool(select.select([terminal], [], [], seconds)[0])
