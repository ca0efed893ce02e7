"""Whatever the system says to the cache's folder, the command ends as it would without: law 17."""

import errno
import re
from itertools import product
from pathlib import Path

from tests.cli.conftest import AT, Cli
from tests.faults.conftest import Some
from tests.faults.test_errors import refusing

NUMBERS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ESTALE, errno.EMFILE)


def test_no_error_of_the_system_ends_a_command(world: Path, cli: Cli, some: Some) -> None:
    """While a shelf is made, read and replaced. Seen to fail when reading one was not guarded."""
    expected = cli("validate", AT, "--format=json", "--no-cache")
    changed = world / "portal-config" / "firms" / "oak.yaml"
    text = changed.read_text()
    folder = world / "cache"
    command = ("validate", AT, "--format=json", f"--cache-dir={folder}")

    def called(at: int, number: int) -> int:
        """Once where a shelf is there, and does not know the firm. How often the system was asked."""
        changed.write_text(text)
        assert cli(*command) == expected
        changed.write_text(f"{text}# {at} {number}\n")
        with refusing(folder, at, number) as hook:
            ended = cli(*command)
            assert (ended.code, ended.out) == (expected.code, expected.out), (at, number)
            assert _besides_the_warning(ended.err) == expected.err, (at, number)
            return hook.seen

    points = called(0, 0)
    assert points > 5
    for at, number in some([*product(range(1, points + 1), NUMBERS)], 24):
        called(at, number)


def _besides_the_warning(told: str) -> str:
    """What is told, without that nothing is kept; which is told at most once."""
    return re.sub(r"\Awarning: Nothing is kept in .*\n  = help: .*\n", "", told)
