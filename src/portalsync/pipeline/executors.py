"""Who works on firms: this process, several of this machine, or a cluster."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.pipeline.workers import HERE, Workers

MOST_PROCESSES = 256
"""No machine has a use for more, and whoever mistypes a number keeps theirs."""
_HIGHEST_PORT = 65535
_EXECUTOR = re.compile(
    r"here|processes(:(?P<number>[1-9][0-9]{0,2}))?|dask:(tcp|tls)://[^\s/]+:(?P<port>[1-9][0-9]{0,4})"
)
_PAYS = {"fork": 50, "spawn": 400}
"""From so many firms on, several processes are sooner done than one, as they begin."""


def is_executor(text: str) -> bool:
    """Whether an executor can be asked for like that."""
    form = _EXECUTOR.fullmatch(text)
    if form is None:
        return False
    return int(form["number"] or 1) <= MOST_PROCESSES and int(form["port"] or 1) <= _HIGHEST_PORT


@contextmanager
def workers_of(executor: str, firms: int) -> Iterator[Workers]:
    """Workers for about so many firms; where no executor is named, whichever are soonest done. They are gone
    with the block.
    """
    with ExitStack() as stack:
        yield _entered(stack, executor, firms)


def _entered(stack: ExitStack, executor: str, firms: int) -> Workers:
    kind, _, address = executor.partition(":")
    if kind == "dask":
        from portalsync.pipeline.cluster import cluster  # noqa: PLC0415 - who has one asks for it

        return stack.enter_context(cluster(address))
    number = _number(executor, firms)
    if not number:
        return HERE
    try:
        from portalsync.pipeline.processes import processes  # noqa: PLC0415 - few firms need none

        return stack.enter_context(processes(number))
    except (OSError, ImportError, NotImplementedError) as error:  # some systems have no semaphores
        if not executor:
            return HERE
        hint = phrase("errors.workers.none.hint")
        raise PortalsyncError(phrase("errors.workers.none.message", reason=str(error)), hint) from error


def usable_cpus() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _number(executor: str, firms: int) -> int:
    """How many processes; none for this one alone."""
    kind, _, number = executor.partition(":")
    if kind == "processes":
        return int(number or _usual())
    if kind or firms < min(_PAYS.values()) or usable_cpus() == 1:
        return 0
    from portalsync.pipeline.processes import start_method  # noqa: PLC0415 - few firms need none

    return _usual() if firms >= _PAYS[start_method()] else 0


def _usual() -> int:
    return min(usable_cpus(), MOST_PROCESSES)
