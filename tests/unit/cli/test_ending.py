"""What is a bug of ours, and what is not."""

import errno
import os

import pytest

from portalsync.cli.ending import Ending
from portalsync.errors import ExitCode


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_what_the_system_refuses_is_no_bug(number: int) -> None:
    """Seen to fail: an error of the system that no place had expected ended with 70."""
    ending = Ending.by(OSError(number, os.strerror(number), "some/file"))
    assert ending.code is ExitCode.ERROR
    assert f"some/file: {os.strerror(number)}" in str(ending.why.message)


def test_without_a_file_there_is_a_sentence_too() -> None:
    assert "No space left on device" in str(
        Ending.by(OSError(errno.ENOSPC, "No space left on device")).why.message
    )


def test_anything_else_is_one() -> None:
    assert Ending.by(ZeroDivisionError()).code is ExitCode.BUG
