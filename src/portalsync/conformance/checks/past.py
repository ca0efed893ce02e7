"""How a firm came to be as it is: generations, history, audit trail. A portal can do without."""

from dataclasses import replace
from itertools import pairwise

from portalsync.conformance.check import Check
from portalsync.conformance.drafts import ACTOR, PLAN
from portalsync.conformance.reply import Reply, Skipped
from portalsync.conformance.trial import Trial
from portalsync.lexicon import phrase
from portalsync.model.canonical import digest
from portalsync.model.codec import encode
from portalsync.model.conformance import Weight
from portalsync.model.trail import seal_of
from portalsync.wire import FirmState, History, Origin


def live_generation(trial: Trial) -> None:
    state = trial.state()
    reply = trial.optional(trial.of_firm(f"generations/{state.generation}"))
    reply.expect_value("generation", encode(state), encode(reply.read(FirmState)))


def generation_unknown(trial: Trial) -> None:
    state = trial.state()
    trial.optional(trial.of_firm(f"generations/{state.generation}"))
    trial.get(trial.of_firm(f"generations/{state.generation + 7}")).problem(404, "generation-unknown")


def past_generation(trial: Trial) -> None:
    """What was, stays as it was: after a commit the generation before reads as it did."""
    before = trial.state()
    trial.optional(trial.of_firm(f"generations/{before.generation}"))
    trial.committed(trial.flipped(before), before)
    reply = trial.get(trial.of_firm(f"generations/{before.generation}"))
    reply.expect_value("generation", encode(before), encode(reply.read(FirmState)))


def history_form(trial: Trial) -> None:
    """Newest first, down from the live generation, each with its instant."""
    reply = trial.optional(trial.of_firm("history"))
    numbers = [entry.generation for entry in reply.read(History).history]
    if any(newer != older + 1 for newer, older in pairwise(numbers)):
        reply.deviates(phrase("conformance.expected.newest-first"))
    reply.expect_value("generation", trial.state().generation, numbers[0] if numbers else None)


def history_limited(trial: Trial) -> None:
    trial.optional(trial.of_firm("history"))
    reply = trial.get(trial.of_firm("history?limit=1"))
    reply.expect_value("history", 1, len(reply.read(History).history))
    trial.get(trial.of_firm("history?limit=0")).problem(400, "malformed")


def history_before(trial: Trial) -> None:
    """Who has the newest can go on from there."""
    trial.optional(trial.of_firm("history"))
    before = trial.state()
    trial.committed(trial.flipped(before), before)
    newest, due = _newest(trial.get(trial.of_firm("history"))), before.generation
    reply = trial.get(trial.of_firm(f"history?before={newest}"))
    if _newest(reply) == newest:
        raise Skipped(phrase("conformance.skipped.no-before"))
    reply.expect_value("history", due, _newest(reply))


def _newest(reply: Reply) -> int:
    return next((each.generation for each in reply.read(History).history), 0)


def history_names_the_plan(trial: Trial) -> None:
    """By this a broken-off apply is told what it did: plan, who, origin, and what was written."""
    trial.optional(trial.of_firm("history"))
    before = trial.state()
    commit = trial.flipped(before)
    trial.committed(commit, before)
    reply = trial.get(trial.of_firm("history?limit=1"))
    for entry in reply.read(History).history[:1]:
        came = (entry.generation, entry.origin, entry.actor, entry.plan)
        reply.expect_value("history", (before.generation + 1, Origin.PLAN, ACTOR, PLAN), came)
        reply.expect_value("writes", [*map(encode, commit.writes)], [*map(encode, entry.writes)])
        if told := trial.state().plan:
            trial.get(trial.of_firm("settings")).expect_value("plan", PLAN, told)
        return
    reply.deviates(phrase("conformance.expected.newest-first"))


def audit_chain(trial: Trial) -> None:
    """Numbered from 1, each row sealed with the one before, the last one's hash the firm's `audit`."""
    trial.optional(trial.of_firm("audit"))
    previous, seq = "", 0
    for reply, page in trial.audit():
        for row, answered in zip(page.audit, reply.json()["audit"], strict=True):
            seq += 1
            came = (row.firm, row.seq, row.previous, row.hash)
            reply.expect_value("audit", (trial.firm, seq, previous, seal_of(answered)), came)
            previous = row.hash
        if page.next is not None:
            reply.expect_value("next", seq if page.audit else None, page.next)
    trial.get(trial.of_firm("settings")).expect_value("audit", previous, trial.state().audit)


def audit_after_a_commit(trial: Trial) -> None:
    """The last row says what the commit said."""
    trial.optional(trial.of_firm("audit"))
    before = trial.state()
    commit = replace(trial.flipped(before), acknowledged=("new-host:pay.example.com",))
    done = trial.committed(commit, before)
    reply, page = [*trial.audit()][-1]
    writes = digest([encode(write) for write in commit.writes])
    due = (done.generation, ACTOR, "plan", PLAN, writes, commit.acknowledged)
    came = [
        (row.generation, row.actor, row.origin, row.plan, row.writes, row.acknowledged)
        for row in page.audit[-1:]
    ]
    reply.expect_value("audit", [due], came)


def audit_only_grows(trial: Trial) -> None:
    """Rows stay as they were answered once: whoever kept a copy can hold the trail against it."""
    trial.optional(trial.of_firm("audit"))
    before = trial.state()
    kept = [row for reply, _ in trial.audit() for row in reply.json()["audit"]]
    trial.committed(trial.flipped(before), before)
    *_, (last, _) = pages = [*trial.audit()]
    rows = [row for reply, _ in pages for row in reply.json()["audit"]]
    last.expect_value("audit", kept, rows[: len(kept)])
    last.expect_value("audit", len(kept) + 1, len(rows))


CHECKS = (
    Check(live_generation, "Reading", Weight.OPTIONAL),
    Check(generation_unknown, "Problems", Weight.OPTIONAL),
    Check(history_form, "Reading", Weight.OPTIONAL),
    Check(history_limited, "Reading", Weight.OPTIONAL),
    Check(audit_chain, "The audit trail", Weight.OPTIONAL),
    Check(past_generation, "The idea", Weight.OPTIONAL, writes=True),
    Check(history_before, "Reading", Weight.OPTIONAL, writes=True),
    Check(history_names_the_plan, "Reading", Weight.OPTIONAL, writes=True),
    Check(audit_only_grows, "The audit trail", Weight.OPTIONAL, writes=True),
    Check(audit_after_a_commit, "The audit trail", Weight.OPTIONAL, writes=True),
)
