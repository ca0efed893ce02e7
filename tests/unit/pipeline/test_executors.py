"""Who works on firms makes no difference to what comes of it; and nobody works on when it is over."""

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import process as pool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.six_firms import Outcome, config, expected, outcome

from portalsync.errors import PortalsyncError
from portalsync.model.apart import Apart
from portalsync.model.canonical import canonical, short_bytes_digest
from portalsync.model.json_value import JSONObject
from portalsync.pipeline import run, survey
from portalsync.pipeline.executors import workers_of
from portalsync.pipeline.firm_files import Pictures
from portalsync.pipeline.plan import result_of
from portalsync.pipeline.processes import processes
from portalsync.pipeline.stream import Stream
from portalsync.pipeline.workers import HERE, Work, Workers

__all__ = ["config", "expected"]


class Across(ThreadPoolExecutor):
    """Sees to it that only functions of modules, and bytes, cross."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert not kwargs
        assert fn.func.__qualname__ == fn.func.__name__
        assert all(type(each) is bytes for each in (*fn.args, *args))
        return super().submit(fn, *args)


@contextmanager
def across() -> Iterator[Workers]:
    with Across(3) as executor:
        yield Workers(executor, 5)


@pytest.mark.parametrize("chunk", [1, 3, 100])
def test_the_plan_is_the_same_whatever_the_chunks(
    chunk: int,
    config: Path,
    expected: Outcome,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Seen to fail when results came as they were ready."""
    for module in (run, survey):
        monkeypatch.setattr(module, "_CHUNK", chunk)
    with across() as workers:
        assert outcome(config, workers) == expected


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_the_plan_is_the_same_through_processes(method: str, config: Path, expected: Outcome) -> None:
    with processes(2, method) as workers:
        assert outcome(config, workers) == expected


def _kill(_: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def test_a_worker_that_is_killed_is_told_and_no_bug() -> None:
    with processes(2) as workers, pytest.raises(PortalsyncError, match="is gone"):
        for _ in workers.results(_kill_firms, b"", {}, [{}, {}], 1):
            pass


def _kill_firms(_shared: bytes, _asked: bytes, firms: bytes) -> bytes:
    return _kill(firms)


def test_no_more_firms_are_read_than_are_worked_on() -> None:
    """Seen to fail when all chunks were sent before the first result was taken."""
    read = 0

    def firms() -> Iterator[dict[str, Any]]:
        nonlocal read
        for number in range(100):
            read += 1
            yield {"n": number}

    with across() as workers:
        results = workers.results(_same, b"", {}, firms(), 2)
        assert next(results) == {"n": 0}
        assert read <= 2 * workers.ahead
        assert [each["n"] for each in results] == [*range(1, 100)]


def _same(_shared: bytes, _asked: bytes, firms: bytes) -> bytes:
    return firms


def _other_order(_shared: bytes, _asked: bytes, firms: bytes) -> bytes:
    return canonical(json.loads(firms)[::-1])


def _one_less(_shared: bytes, _asked: bytes, firms: bytes) -> bytes:
    return canonical(json.loads(firms)[:-1])


@pytest.mark.parametrize(
    ("work", "wrong"), [(_other_order, "another firm"), (_one_less, "without an answer")]
)
def test_no_answer_is_taken_for_that_about_another_firm(work: Work, wrong: str) -> None:
    """Whoever worked on it. Seen to fail: a plan in which one firm had what another one was to have."""
    firms: list[JSONObject] = [{"id": "ash"}, {"id": "oak"}]
    answers = Stream(HERE, b"", Pictures(())).results(work, {}, iter(firms), 2)
    with pytest.raises(ValueError, match=wrong):
        assert [*answers] == firms


def test_nor_a_part_for_that_of_another_firm() -> None:
    """Nor what firms share for something else: it would be in other firms' parts too. Seen to fail."""
    part = {"id": "ash", "naming": '{"id":"ash"}', "bodies": {short_bytes_digest(b"1"): "1"}}
    answer = {"part": part, "clients": 1, "options": []}
    assert result_of("ash", answer, {}).part == Apart.from_json(part, {})
    other = {**part, "bodies": {short_bytes_digest(b"1"): "2"}}
    for firm, wrong in (("oak", part), ("oak", {**part, "id": "oak"}), ("ash", other)):
        with pytest.raises(ValueError, match="another"):
            result_of(firm, {**answer, "part": wrong}, {})


def test_what_parts_of_one_answer_share_is_sent_once_and_is_of_no_other_answer() -> None:
    """Seen to fail: a body of an answer before was taken."""
    name, known = short_bytes_digest(b"1"), dict[str, bytes]()
    ash = {"id": "ash", "naming": '{"id":"ash"}', "bodies": {name: "1"}}
    oak = {"id": "oak", "naming": '{"id":"oak"}', "bodies": {name: None}}
    rest = {"clients": 1, "options": []}
    first = result_of("ash", {"part": ash, "first": True, **rest}, known).part
    second = result_of("oak", {"part": oak, "first": False, **rest}, known).part
    alone = result_of("elm", {"part": {"id": "elm", "naming": '{"id":"elm"}', "bodies": {}}, **rest}, known)
    third = result_of("oak", {"part": oak, "first": False, **rest}, known)
    assert first
    assert second
    assert (alone.part, third.part) == (Apart("elm", b'{"id":"elm"}', {}), second), "another answer between"
    assert first.bodies == second.bodies == {name: b"1"}
    with pytest.raises(ValueError, match="not sent"):
        result_of("oak", {"part": oak, "first": True, **rest}, known)


def test_nothing_of_the_processes_is_left_when_they_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen to fail: their thread closed what Python wrote to at that moment, to end it."""
    wakes = pool._ThreadWakeup  # noqa: SLF001 - what it is closed with
    closes = wakes.close

    def late(wakeup: Any) -> None:
        time.sleep(0.3)
        closes(wakeup)

    monkeypatch.setattr(wakes, "close", late)
    before = threading.active_count()
    with processes(1) as workers:
        assert workers.executor.submit(os.getpid).result() != os.getpid()
    assert threading.active_count() == before


@pytest.mark.parametrize("executor", ["", "here"])
def test_few_firms_are_worked_on_here(executor: str) -> None:
    with workers_of(executor, 3) as workers:
        assert workers is HERE


def test_without_processes_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless they were asked for."""

    def none(_: int) -> None:
        raise OSError("no semaphores")

    monkeypatch.setattr("portalsync.pipeline.processes.processes", none)
    monkeypatch.setattr("portalsync.pipeline.executors.usable_cpus", lambda: 2)
    with workers_of("", 1000) as workers:
        assert workers is HERE
    with pytest.raises(PortalsyncError, match="no semaphores"), workers_of("processes:2", 1000):
        pass


PROGRAM = """
import os, sys, time
from portalsync.pipeline.processes import processes
with processes(2) as workers:
    print(os.getpid(), *workers.executor._processes, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nobody_works_on_when_the_program_is_gone(ending: signal.Signals) -> None:
    """However it ends. Seen to fail for SIGKILL when workers only waited for work."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert program.stdout is not None
    workers = {int(each) for each in program.stdout.readline().split()}
    assert workers
    program.send_signal(ending)
    program.wait()
    program.stdout.close()
    deadline = time.monotonic() + 60
    while any(_runs(each) for each in workers):
        assert time.monotonic() < deadline, "somebody works on"
        time.sleep(0.02)


HEEDING = """
import os, signal, time
from portalsync.cli.signals import end_on_signals
from portalsync.pipeline.processes import processes
signal.signal(signal.SIGINT, signal.default_int_handler)
end_on_signals()
try:
{}
except KeyboardInterrupt:
    print("heard")
"""
WHILE_THEY_BEGIN = """
    os.register_at_fork(after_in_parent=lambda: os.killpg(0, signal.SIGINT))
    with processes(4):
        time.sleep(60)
"""
WHILE_THEY_ARE_WAITED_FOR = """
    with processes(2) as workers:
        work = [workers.executor.submit(time.sleep, 1) for _ in range(3)]
        while not all(each.running() for each in work):
            time.sleep(0.01)
        signal.signal(signal.SIGALRM, signal.getsignal(signal.SIGINT))
        signal.setitimer(signal.ITIMER_REAL, 0.2)
"""


@pytest.mark.parametrize("moment", [WHILE_THEY_BEGIN, WHILE_THEY_ARE_WAITED_FOR])
def test_ctrl_c_ends_the_program_and_nothing_else_is_told(moment: str) -> None:
    """Seen to fail: it hung, or went on, with a traceback of each process that had just begun."""
    program = [sys.executable, "-c", HEEDING.format(moment)]
    ended = subprocess.run(program, capture_output=True, start_new_session=True, timeout=300, check=False)
    assert (ended.stdout, ended.stderr, ended.returncode) == (b"heard\n", b"", 0)


def _heeding() -> None:
    """Whoever runs the tests in the background ignores Ctrl-C, and their children would too."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_processes_look_for_garbage_as_seldom_as_the_program() -> None:
    """Seen to fail when they did so as usual."""
    with processes(1) as workers:
        assert workers.executor.submit(gc.get_threshold).result() == (50_000, 20, 100)
