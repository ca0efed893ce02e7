"""What stood there before the checks stands there again: settings, claims, and what was changed by hand since
the last plan. Generations only go on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portalsync.commits import Commit
from portalsync.conformance.drafts import by_hand, planned
from portalsync.conformance.reply import NotKept, Skipped
from portalsync.conformance.trial import Trial, conditions
from portalsync.model.conformance import PutBack
from portalsync.model.edit import Edit
from portalsync.model.settings import Settings, differing
from portalsync.wire import FirmState

TRIES = 4
"""A commit that was on its way when the checks were broken off may still come in between."""


@dataclass(frozen=True, slots=True)
class Stood:
    """What a firm had, and what the last plan had left there."""

    state: FirmState
    applied: Settings

    @classmethod
    def of(cls, trial: Trial) -> "Stood":
        """Where past generations cannot be read, nothing was changed by hand for all that we know."""
        state = trial.state()
        try:
            path = trial.of_firm(f"generations/{state.applied}")
            applied = trial.optional(path).read(FirmState).settings if state.applied else state.settings
        except (NotKept, Skipped):
            applied = state.settings
        return cls(state, applied)


def put_back(trial: Trial, stood: Stood) -> tuple[PutBack, tuple[str, ...]]:
    """Whether the firm has what it had, and the paths and claims that could not be put back."""
    left = tuple(sorted({*stood.state.settings, *stood.state.managed}))
    try:
        live = trial.state()
        if live.generation == stood.state.generation:
            return PutBack.NOTHING, ()
        left = _left(live, stood.state.settings, stood.state.managed)
        _go_back(trial, stood)
        left = _left(trial.state(), stood.state.settings, stood.state.managed)
    except (NotKept, KeyboardInterrupt):
        return PutBack.FAILED, left
    return PutBack.FAILED if left else PutBack.DONE, left


def _go_back(trial: Trial, stood: Stood) -> None:
    """To what the last plan left, then on by hand to what stood there; if that is refused, straight there."""
    claims = stood.state.managed

    def as_a_plan(live: FirmState, *writes: Edit) -> Commit:
        return planned(trial.info, live, *writes, managed=claims)

    _lead(trial, stood.applied, claims, as_a_plan)
    _lead(trial, stood.state.settings, None, lambda _live, *writes: by_hand(*writes))
    _lead(trial, stood.state.settings, claims, as_a_plan)


def _lead(trial: Trial, to: Settings, claims: tuple[str, ...] | None, commit: Callable[..., Commit]) -> None:
    """What is answered does not matter: what is there is read again."""
    for _ in range(TRIES):
        live = trial.state()
        if not _left(live, to, live.managed if claims is None else claims):
            return
        writes = (Edit.between(path, live.settings, to) for path in differing(live.settings, to))
        trial.send(commit(live, *writes), conditions(live.generation))


def _left(live: FirmState, settings: Settings, claims: tuple[str, ...]) -> tuple[str, ...]:
    """Each path once, whether its value is another, or whether it is managed."""
    return tuple(sorted({*differing(live.settings, settings), *({*live.managed} ^ {*claims})}))
