"""Nothing of one firm is in an answer for another one."""

from dataclasses import replace
from urllib.parse import quote

from portalsync.conformance.check import Check
from portalsync.conformance.drafts import agreed, lists
from portalsync.conformance.reply import Skipped
from portalsync.conformance.trial import Trial, conditions, new_key
from portalsync.lexicon import phrase
from portalsync.model.edit import Edit


def other_firms_stay_apart(trial: Trial) -> None:
    """What is written to one firm is not in another one's answers, nor does it move that firm on."""
    other = _another_firm(trial)
    state, apart, canary = trial.state(), trial.state(other), new_key()
    commit = replace(trial.writing(state, *_canary(trial, canary)), actor=canary)
    reply = trial.send(commit, conditions(state.generation, canary))
    reply.created()
    parts = [trial.of_firm(part, other) for part in ("settings", "facts", "history", "audit")]
    for path in (*parts, f"/v1/states?firms={quote(other, safe='')}"):
        answer = trial.get(path)
        if canary.encode() in answer.body:
            answer.deviates(phrase("conformance.expected.nothing-of", firm=trial.firm))
    reply.expect_value(other, apart.generation, trial.state(other).generation)


def keys_stay_apart(trial: Trial) -> None:
    """The key of a commit of one firm opens nothing of it to another address."""
    state, key = trial.state(), new_key()
    commit = trial.flipped(state)
    trial.committed(commit, state, key)
    reply = trial.send(commit, conditions(state.generation, key), f"{trial.firm}-portalsync-check")
    reply.problem(404, "firm-unknown")


def _another_firm(trial: Trial) -> str:
    others = [firm.id for firm in trial.some_firms() if firm.id != trial.firm]
    if not others:
        raise Skipped(phrase("conformance.skipped.one-firm"))
    return others[0]


def _canary(trial: Trial, canary: str) -> tuple[Edit, ...]:
    state = trial.state()
    entries = next(lists(agreed(trial.info)), None)
    return entries.entry(canary, state) if entries else trial.flipped(state).writes


CHECKS = (
    Check(other_firms_stay_apart, "Tokens", writes=True),
    Check(keys_stay_apart, "Committing", writes=True),
)
