"""A system that lacks what only POSIX has, made here by taking it away: each command goes its way.

What Windows does otherwise besides (open files cannot be moved, drive letters), no test here can show.
"""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.conftest import AT

import portalsync.aside

AS_ELSEWHERE = """
import asyncio, logging, multiprocessing, os, random, shutil, signal, sqlite3, subprocess, sys, tempfile
import sqlalchemy, starlette, httpx2, stamina, uvicorn, platformdirs, click

for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix"):
    sys.modules[name] = None
for module, names in {
    os: "fork forkpty geteuid getuid getegid getgid sched_getaffinity O_NOFOLLOW O_NONBLOCK O_CLOEXEC "
    "O_DIRECTORY fchmod fchown mkfifo",
    signal: "SIGHUP SIGUSR1 SIGUSR2 SIGPIPE SIGALRM pthread_sigmask pause alarm setitimer",
}.items():
    for name in names.split():
        delattr(module, name)
shutil._use_fd_functions = False  # which it asked the system when it was imported

from portalsync.cli import main

for line in sys.argv[1:]:
    sys.argv = ["portalsync", *line.split()]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise SystemExit(f"{line}: {ended.code}")
"""


def test_the_whole_round_without_what_only_posix_has(world: Path) -> None:
    """Seen to fail: the first import of fcntl."""
    lines = [
        "fmt --check",
        "validate --executor processes:2",
        f"plan --out plan.json {AT}",
        "apply plan.json",
        f"plan {AT}",
        f"preview --out review.html {AT}",
        f"preview --dir pages {AT}",
        f"preview --dir pages {AT}",
        "drift",
        "backup saved.db",
        "restore saved.db --yes",
        "audit verify",
        "schema --write schemas",
    ]
    done = subprocess.run(
        [sys.executable, "-c", AS_ELSEWHERE, *lines], cwd=world, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (world / "pages/index.html").exists() or any((world / "pages").iterdir())
    assert [path.name for path in world.rglob(".portalsync-????????-*")] == []


def test_what_was_left_is_swept_by_its_age_where_nothing_can_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a run that goes on, nothing is taken."""
    monkeypatch.setattr(portalsync.aside, "_LOCKS", None)
    place = tmp_path / "plan.json"
    with portalsync.aside.beside(place) as (made, handle):
        assert handle is None
        portalsync.aside.sweep(place)
        assert made.exists()
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 25 * 60 * 60)
        portalsync.aside.sweep(place)
        assert not made.exists()
