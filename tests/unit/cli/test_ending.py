"""What is a bug of ours, and what is not."""

import errno
import os

import pytest

from portalsync.cli.ending import Ending
from portalsync.errors import ExitCode, reason
from portalsync.lexicon import Phrase, lexicon_of

WORDED = [
    key.removeprefix("errors.reasons.") for key in lexicon_of("en").messages if "errors.reasons." in key
]


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_what_the_system_refuses_is_no_bug(number: int) -> None:
    """Seen to fail: an error of the system that no place had expected ended with 70."""
    refused = OSError(number, os.strerror(number), "some/file")
    ending = Ending.by(refused)
    assert ending.code is ExitCode.ERROR
    assert f"some/file: {reason(refused)}" in str(ending.why.message)


@pytest.mark.parametrize("name", WORDED)
def test_what_the_system_says_is_worded_in_every_language(name: str) -> None:
    """Whatever the machine's language: the system would answer in that."""
    number = getattr(errno, name)
    why = reason(OSError(number, "Permission denied"))
    assert isinstance(why, Phrase)
    assert "Permission denied" not in lexicon_of("de").say(why)


def test_what_has_no_words_of_ours_has_the_systems() -> None:
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert reason(OSError("something else")) == "something else"


def test_without_a_file_there_is_a_sentence_too() -> None:
    ending = Ending.by(OSError(errno.ENOSPC, "No space left on device"))
    assert "there is no space left on the disk" in str(ending.why.message)


def test_anything_else_is_one() -> None:
    assert Ending.by(ZeroDivisionError()).code is ExitCode.BUG
