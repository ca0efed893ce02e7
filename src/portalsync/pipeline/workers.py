"""The seam through which all work on firms goes: bytes to whoever computes, bytes back, in order."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import islice
from typing import Any, ParamSpec, TypeAlias, TypeVar

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
        """The result of each firm, in order. No more firms are in memory than are being worked on."""
        waiting: deque[Future[bytes]] = deque()
        question, rest = canonical(asked), iter(firms)
        try:
            while some := [*islice(rest, chunk)]:
                waiting.append(self.executor.submit(work, shared, question, canonical([*some])))
                if len(waiting) >= self.ahead:
                    yield from json.loads(waiting.popleft().result())
            while waiting:
                yield from json.loads(waiting.popleft().result())
        finally:
            for future in waiting:
                future.cancel()


HERE = Workers(Here())
