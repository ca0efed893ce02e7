"""The seam through which all work on firms goes: bytes to whoever computes, bytes back, in order."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, ParamSpec, TypeAlias, TypeVar

from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSONObject

P = ParamSpec("P")
T = TypeVar("T")
Work: TypeAlias = Callable[[bytes, bytes, bytes], bytes]
"""A function of a module: what is shared, what is asked, and a list of firms -> a list of results."""


class Here(Executor):
    """Works in this process, at once."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done = Future[T]()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass(frozen=True)
class Workers:
    """An executor, with how many chunks it gets before the first result is waited for."""

    executor: Executor
    ahead: int = 1

    def results(
        self, work: Work, shared: bytes, asked: JSONObject, firms: Iterable[JSONObject], chunk: int
    ) -> Iterator[Any]:
        """The result of each firm, in order. No more firms are in memory than are being worked on.
        PortalsyncError if a worker is lost.
        """
        question, rest = canonical(asked), iter(firms)
        chunks = iter(lambda: [*islice(rest, chunk)], [])
        for answer in self._answers(partial(work, shared, question), (canonical([*each]) for each in chunks)):
            yield from json.loads(answer)

    def _answers(self, work: Callable[[bytes], bytes], chunks: Iterable[bytes]) -> Iterator[bytes]:
        waiting: deque[Future[bytes]] = deque()
        try:
            for chunk in chunks:
                waiting.append(self.begun(work, chunk))
                if len(waiting) >= self.ahead:
                    yield self.answer(waiting.popleft())
            while waiting:
                yield self.answer(waiting.popleft())
        finally:
            for future in waiting:
                future.cancel()

    def begun(self, work: Callable[[bytes], bytes], chunk: bytes) -> Future[bytes]:
        with losses_told():
            return self.executor.submit(work, chunk)

    def answer(self, future: Future[bytes]) -> bytes:
        with losses_told():
            return future.result()


@contextmanager
def losses_told() -> Iterator[None]:
    """A worker that is gone is no bug of ours: somebody killed it, or its memory ran out."""
    try:
        yield
    except BrokenExecutor as error:
        hint = phrase("errors.workers.lost.hint")
        raise PortalsyncError(phrase("errors.workers.lost.message"), hint) from error


HERE = Workers(Here())
