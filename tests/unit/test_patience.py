"""No test depends on a quiet machine: whoever waits for a process or a portal waits for minutes."""

import re
from pathlib import Path

from hypothesis import settings

TESTS = Path(__file__).parents[1]
LEAST = 300
NOT_WAITED = {
    ("cli/test_backup.py", "timeout=0"): "whether a lock is held at this moment",
    ("docs/reader.py", "timeout=1"): "asked again and again",
}
"""What is short on purpose, with the reason."""
_SHORT = re.compile(r"\b(?:timeout=|PATIENCE = |wait\()(\d+)\b(?!\.)")
_USUAL = re.compile(r"httpx2\.(?:Client|get|post|put|stream)\((?![^)]*timeout=)(?![^)]*InProcess)[^)]*\)")
"""Without a word, a client gives a portal five seconds."""


def _files() -> dict[str, str]:
    own = Path(__file__)
    files = (path for path in TESTS.rglob("*.py") if path != own and "node_modules" not in path.parts)
    return {path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_nobody_is_waited_for_for_seconds() -> None:
    """Seen to fail: on a loaded machine a contract test over http gave up."""
    short = {
        (name, match[0])
        for name, text in _files().items()
        for match in _SHORT.finditer(text)
        if int(match[1]) < LEAST
    }
    assert short == {*NOT_WAITED}


def test_no_client_has_the_five_seconds_that_are_usual() -> None:
    usual = {name: found for name, text in _files().items() if (found := _USUAL.findall(text))}
    assert usual == {}


def test_no_example_has_a_deadline() -> None:
    assert settings().deadline is None
