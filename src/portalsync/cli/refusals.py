"""That nobody listens where a portal should be, told while it is asked again."""

from collections.abc import Iterator
from contextlib import contextmanager

from portalsync.backend.refusals import on_refusal
from portalsync.cli.output import tell
from portalsync.lexicon import phrase


@contextmanager
def telling_refusals() -> Iterator[None]:
    """Whoever mistyped a port hears of it at once."""
    before = on_refusal.set(_tell)
    try:
        yield
    finally:
        on_refusal.reset(before)


def _tell(seconds: float) -> None:
    tell(phrase("told.nobody-listens", seconds=round(seconds)))
