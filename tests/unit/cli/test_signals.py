"""A signal ends the program, whenever it comes and however often, and never with a traceback."""

import os
import signal
import subprocess
import sys

import pytest

UNBUFFERED = {**os.environ, "PYTHONUNBUFFERED": "1"}
PROGRAM = """
import signal, sys
from portalsync.cli import signals
for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(each, signal.default_int_handler)
signals.end_on_signals()
number = signal.Signals[sys.argv[1]]
class Going:
    def __del__(self):
        signal.raise_signal(number)
        number.name  # before this the handler runs
{}
print("went on")
"""
WHILE_IT_ENDS = """
try:
    signal.raise_signal(number)
finally:
    signal.raise_signal(number)
"""
WHILE_AN_OBJECT_GOES = """
Going()
"""
AND_WHILE_IT_ENDS = """
try:
    signal.raise_signal(number)
finally:
    Going()
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("moment", [WHILE_IT_ENDS, WHILE_AN_OBJECT_GOES, AND_WHILE_IT_ENDS])
def test_it_ends_and_nothing_is_told(moment: str, name: str) -> None:
    """Seen to fail: tracebacks, and where an object went, the command went on."""
    program = [sys.executable, "-c", PROGRAM.format(moment), name]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=300, check=False)
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", -signal.Signals[name])


WHILE_SOMEBODY_IS_ASKED = """
with signals.each_is_heard():
    for pressed in "first", "second":
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt:
            print(pressed)
"""
AFTER_THE_ANSWER = (
    WHILE_SOMEBODY_IS_ASKED
    + """
try:
    signal.raise_signal(number)
finally:
    signal.raise_signal(number)
"""
)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_one_that_is_dropped_before_a_line_is_typed_does_not_make_the_next_one_kill(name: str) -> None:
    """Seen to fail where a question had the handler of all else. Afterwards it has that again."""
    program = [sys.executable, "-c", PROGRAM.format(AFTER_THE_ANSWER), name]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=300, check=False, env=UNBUFFERED)
    assert (ended.stdout, ended.stderr) == ("first\nsecond\n", "")
    assert ended.returncode == -signal.Signals[name]
