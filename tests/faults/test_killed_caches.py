"""Killed at any line while the cache is written: the shelf is the old one or the new one."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from portalsync import aside, cache
from portalsync.cache import Cache

OLD, NEW, NEXT = b"0" * 64, b"1" * 64, b"2" * 64
WRITING = {aside.__file__, cache.__file__}


def kept(folder: Path) -> set[bytes]:
    shelf = Cache.at(folder).shelf("shelf")
    return {key for key in (OLD, NEW, NEXT) if shelf.get(key) == key}


def put(folder: Path, key: bytes) -> None:
    shelf = Cache.at(folder).shelf("shelf")
    shelf.put(key, key)
    shelf.save()


def killed_at(line: int, folder: Path) -> bool:
    """Whether a program that puts the new one came to so many lines, and was killed there."""
    child = os.fork()
    if not child:
        _kill_at(line)
        put(folder, NEW)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {0, -signal.SIGKILL}
    return os.WIFSIGNALED(status)


def _kill_at(line: int) -> None:
    left = line

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in WRITING:
            return None
        left -= event == "line"
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def test_the_cache(tmp_path: Path) -> None:
    """Whatever the killed run left beside it is gone after the next one. Seen to fail with a shelf that is
    written in its place.
    """
    seen: set[frozenset[bytes]] = set()
    line, went_on = 0, True
    while went_on:
        line += 1
        folder = tmp_path / str(line)
        put(folder, OLD)
        went_on = killed_at(line, folder)
        seen.add(frozenset(kept(folder)))
        put(folder, NEXT)
        assert kept(folder) >= {OLD, NEXT}, line
        assert [path.name for path in folder.iterdir()] == ["shelf.shelf"], line
    assert line > 50
    assert seen == {frozenset({OLD}), frozenset({OLD, NEW})}
