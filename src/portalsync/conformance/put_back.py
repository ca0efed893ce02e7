"""What stood there before the checks stands there again: settings and claims. Generations only go on."""

from collections.abc import Iterator

from portalsync.conformance.drafts import planned
from portalsync.conformance.probe import Deviation
from portalsync.conformance.trial import Trial, conditions
from portalsync.model.conformance import PutBack
from portalsync.model.edit import Edit
from portalsync.model.settings import differing
from portalsync.wire import FirmState

TRIES = 4
"""A commit that was on its way when the checks were broken off may still come in between."""


def put_back(trial: Trial, stood: FirmState) -> tuple[PutBack, tuple[str, ...]]:
    """Whether the firm has what it had, and the paths and claims that could not be put back."""
    left = tuple(sorted({*stood.settings, *stood.managed}))
    try:
        for _ in range(TRIES):
            live = trial.state()
            left = tuple(_left(stood, live))
            if not left:
                return (PutBack.NOTHING if live.generation == stood.generation else PutBack.DONE), ()
            _commit(trial, stood, live)
    except (Deviation, KeyboardInterrupt):
        return PutBack.FAILED, left
    return PutBack.FAILED, left


def _left(stood: FirmState, live: FirmState) -> Iterator[str]:
    yield from differing(live.settings, stood.settings)
    yield from sorted({*live.managed} ^ {*stood.managed})


def _commit(trial: Trial, stood: FirmState, live: FirmState) -> None:
    """Its answer does not matter: what is there is read again."""
    paths = differing(live.settings, stood.settings)
    writes = (Edit.between(path, live.settings, stood.settings) for path in paths)
    trial.send(planned(trial.info, live, *writes, managed=stood.managed), conditions(live.generation))
