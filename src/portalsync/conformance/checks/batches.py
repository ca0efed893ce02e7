"""Commits of several firms in one request."""

from dataclasses import replace
from typing import Any

from portalsync.commits import MOST_IN_BATCH, Committed, Problem
from portalsync.conformance.check import Check
from portalsync.conformance.trial import NOBODY, Trial
from portalsync.lexicon import phrase


def batch_answers_in_order(trial: Trial) -> None:
    """Each commit has its own answer in its own place, and none waits for another's success."""
    state = trial.state()
    commit = trial.flipped(state)
    stale = trial.part(commit, state.generation + 7)
    parts = [
        stale,
        trial.part(commit, 1, firm=NOBODY),
        trial.part(replace(commit, options={}), state.generation),
        trial.part(commit, state.generation, "k" * 201),
        trial.part(commit, state.generation),
        trial.part(commit, state.generation),
    ]
    reply, results = trial.batch(parts)
    types = [each.type if isinstance(each, Problem) else each.generation for each in results]
    due = ["stale-generation", "firm-unknown", "invalid-commit", "malformed", state.generation + 1]
    reply.expect_value("results", [*due, "stale-generation"], types)
    reply.expect_value("generation", state.generation + 1, trial.state().generation)


def batch_problems_well_formed(trial: Trial) -> None:
    state = trial.state()
    reply, (result,) = trial.batch([trial.part(trial.flipped(state), state.generation + 1)])
    if not isinstance(result, Problem) or not result.refuses or not result.title.strip():
        reply.deviates(phrase("conformance.expected.problem", status="412", type="stale-generation"))
    trial.untouched(state, reply)


def batch_of_one_is_a_commit(trial: Trial) -> None:
    state = trial.state()
    reply, (result,) = trial.batch([trial.part(trial.flipped(state), state.generation)])
    if not isinstance(result, Committed):
        reply.deviates(phrase("conformance.expected.committed"))
    after = trial.state()
    made = Committed(trial.firm, state.generation, state.generation + 1, after.digest)
    reply.expect_value("committed", made, result)


def batch_of_another_form(trial: Trial) -> None:
    state = trial.state()
    bodies: tuple[Any, ...] = ([], 5, {}, {"commits": {}}, {"commits": [1]}, {"commits": [], "more": 1})
    for body in bodies:
        reply = trial.post("/v1/commits", body)
        reply.problem(422, "invalid-commit")
        trial.untouched(state, reply)


def batch_too_large(trial: Trial) -> None:
    """One commit more than a batch takes: all are refused."""
    state = trial.state()
    commit = trial.flipped(state)
    parts = [trial.part(commit, state.generation) for _ in range(MOST_IN_BATCH + 1)]
    reply = trial.post("/v1/commits", {"commits": parts})
    reply.problem(422, "batch-too-large")
    trial.untouched(state, reply)


CHECKS = tuple(
    Check(run, "Committing", writes=True)
    for run in (
        batch_answers_in_order,
        batch_problems_well_formed,
        batch_of_one_is_a_commit,
        batch_of_another_form,
        batch_too_large,
    )
)
