"""Who works on firms: this process, or several of this machine."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.pipeline.processes import processes, usable_cpus
from portalsync.pipeline.workers import HERE, Workers

EXECUTOR = re.compile(r"here|processes(:[1-9][0-9]{0,2})?")
"""How an executor is asked for. Empty: whichever is soonest done."""
_PAYS = 50
"""From so many firms on, several processes are sooner done than one."""


@contextmanager
def workers_of(executor: str, firms: int) -> Iterator[Workers]:
    """Workers for about so many firms. They are gone with the block."""
    with ExitStack() as stack:
        yield _entered(stack, executor, firms)


def _entered(stack: ExitStack, executor: str, firms: int) -> Workers:
    number = _number(executor, firms)
    if not number:
        return HERE
    try:
        return stack.enter_context(processes(number))
    except (OSError, ImportError, NotImplementedError) as error:  # some systems have no semaphores
        if not executor:
            return HERE
        hint = phrase("errors.workers.none.hint")
        raise PortalsyncError(phrase("errors.workers.none.message", reason=str(error)), hint) from error


def _number(executor: str, firms: int) -> int:
    """How many processes; none for this one alone."""
    kind, _, number = executor.partition(":")
    if kind == "processes":
        return int(number or usable_cpus())
    return usable_cpus() if not kind and firms >= _PAYS and usable_cpus() > 1 else 0
