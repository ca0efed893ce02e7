"""What a commit is made under: its generation and its key."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus

from portalsync.commits import Committed
from portalsync.conformance.check import Check
from portalsync.conformance.reply import Asked, Reply
from portalsync.conformance.trial import NOBODY, Trial, conditions, new_key
from portalsync.lexicon import phrase
from portalsync.model.codec import encode

AT_ONCE = 4
_STALE = (412, "stale-generation")
_MALFORMED = (400, "malformed")


def if_match_required(trial: Trial) -> None:
    commit = trial.flipped(trial.state())
    trial.refused(commit, (428, "precondition-required"), {"Idempotency-Key": new_key()})


def if_match_form(trial: Trial) -> None:
    state = trial.state()
    commit, live = trial.flipped(state), state.generation
    for value in ("*", str(live), f'W/"{live}"', f'"{live}", "{live + 1}"', f'"0{live}"'):
        trial.refused(commit, _MALFORMED, {"If-Match": value, "Idempotency-Key": new_key()})


def key_required(trial: Trial) -> None:
    state = trial.state()
    trial.refused(trial.flipped(state), (400, "key-required"), {"If-Match": f'"{state.generation}"'})


def key_form(trial: Trial) -> None:
    state = trial.state()
    for key in ("", "k" * 201):
        headers = {"If-Match": f'"{state.generation}"', "Idempotency-Key": key}
        trial.refused(trial.flipped(state), _MALFORMED, headers)


def generation_of_the_past(trial: Trial) -> None:
    """Even where the content would be equal: the first generation is named for what the second one says."""
    before = trial.state()
    commit = trial.flipped(before)
    trial.committed(commit, before)
    trial.refused(commit, _STALE, conditions(before.generation))


def generation_to_come(trial: Trial) -> None:
    state = trial.state()
    trial.refused(trial.flipped(state), _STALE, conditions(state.generation + 1))


def same_key_same_answer(trial: Trial) -> None:
    """Sent again, even after other commits, a commit has its first answer and no second effect."""
    before, key = trial.state(), new_key()
    commit = trial.flipped(before)
    first = trial.send(commit, conditions(before.generation, key))
    done = first.created()
    now = trial.state()
    trial.committed(trial.flipped(now), now)
    last = trial.state()
    again = trial.send(commit, conditions(before.generation, key))
    again.expect_value("body", first.json(), again.expect(201).json())
    again.expect_value("generation", done.generation, again.created().generation)
    trial.untouched(last, again)


def same_commit_other_bytes(trial: Trial) -> None:
    """Blanks and the order of keys make no other commit."""
    trial.only_alone()
    before, key = trial.state(), new_key()
    body = encode(trial.flipped(before))
    headers = {"Content-Type": "application/json", **conditions(before.generation, key)}
    first = trial.send(body, headers).created()
    turned = json.dumps(dict(reversed(body.items())), indent=2).encode()
    again = trial.probe.ask(Asked("POST", trial.of_firm("commits"), headers, turned))
    again.expect_value("generation", first.generation, again.created().generation)
    again.expect_value("generation", first.generation, trial.state().generation)


def same_key_other_commit(trial: Trial) -> None:
    before, key = trial.state(), new_key()
    commit = trial.flipped(before)
    trial.committed(commit, before, key)
    reuse = (422, "idempotency-reuse")
    trial.refused(trial.flipped(trial.state()), reuse, conditions(before.generation, key))
    trial.refused(commit, reuse, conditions(before.generation + 1, key))


def refused_key_stays_free(trial: Trial) -> None:
    state, key = trial.state(), new_key()
    commit = trial.flipped(state)
    trial.refused(replace(commit, options={}), (422, "invalid-commit"), conditions(state.generation, key))
    trial.committed(commit, state, key)


def same_key_in_a_batch(trial: Trial) -> None:
    """A key is the firm's, whichever way a commit comes."""
    before, key = trial.state(), new_key()
    commit = trial.flipped(before)
    done = trial.committed(commit, before, key)
    now = trial.state()
    reply, results = trial.batch([trial.part(commit, before.generation, key)])
    if results[0] != done:
        reply.deviates(phrase("conformance.expected.first-answer"))
    trial.untouched(now, reply)


def one_writer_wins(trial: Trial) -> None:
    """Of several commits for one generation, sent at once, one is taken."""
    before = trial.state()
    commit = trial.flipped(before)
    replies = _at_once(lambda: trial.send(commit, conditions(before.generation)))
    taken = [reply for reply in replies if reply.status == HTTPStatus.CREATED]
    for reply in replies:
        if reply not in taken:
            reply.problem(*_STALE)
    replies[0].expect_value("201", 1, len(taken))
    replies[0].expect_value("generation", before.generation + 1, trial.state().generation)


def one_commit_one_effect(trial: Trial) -> None:
    """The same commit with the same key, sent several times at once, is done once."""
    before, key = trial.state(), new_key()
    commit = trial.flipped(before)
    replies = _at_once(lambda: trial.send(commit, conditions(before.generation, key)))
    answers: set[Committed] = {reply.created() for reply in replies}
    replies[0].expect_value("answers", 1, len(answers))
    replies[0].expect_value("generation", before.generation + 1, trial.state().generation)


def commit_for_nobody(trial: Trial) -> None:
    state = trial.state()
    reply = trial.send(trial.flipped(state), conditions(1), NOBODY)
    reply.problem(404, "firm-unknown")
    trial.untouched(state, reply)


def _at_once(send: Callable[[], Reply]) -> list[Reply]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [sent.result() for sent in [pool.submit(send) for _ in range(AT_ONCE)]]


CHECKS = tuple(
    Check(run, "Committing", writes=True)
    for run in (
        if_match_required,
        if_match_form,
        key_required,
        key_form,
        generation_of_the_past,
        generation_to_come,
        same_key_same_answer,
        same_commit_other_bytes,
        same_key_other_commit,
        refused_key_stays_free,
        same_key_in_a_batch,
        one_writer_wins,
        one_commit_one_effect,
        commit_for_nobody,
    )
)
