"""What a commit does when it is taken."""

from dataclasses import replace

from portalsync.conformance.check import Check
from portalsync.conformance.drafts import by_hand, flip, planned
from portalsync.conformance.reply import Skipped
from portalsync.conformance.trial import Trial, conditions
from portalsync.lexicon import phrase
from portalsync.model.claims import Claims
from portalsync.model.conformance import Weight
from portalsync.model.edit import ABSENT, Edit, applied_to
from portalsync.wire import FirmState


def commit_answer(trial: Trial) -> None:
    """201 with the next generation, its address and its tag."""
    trial.only_alone()
    before = trial.state()
    reply = trial.send(trial.flipped(before), conditions(before.generation))
    done = reply.created()
    reply.expect_value("id", trial.firm, done.id)
    reply.expect_value("previous", before.generation, done.previous)
    reply.expect_value("generation", before.generation + 1, done.generation)
    reply.expect_header("ETag", f'"{done.generation}"')
    made, location = f"/generations/{done.generation}", reply.headers.get("location", "-")
    if not location.endswith(made):
        reply.deviates(phrase("conformance.expected.header", header=f"Location: …{made}"), location)


def commit_makes_the_next_generation(trial: Trial) -> None:
    before = trial.state()
    commit = trial.flipped(before)
    trial.committed(commit, before)
    reply = trial.get(trial.of_firm("settings"))
    after = reply.read(FirmState)
    reply.expect_value("generation", before.generation + 1, after.generation)
    reply.expect_value("applied", after.generation, after.applied)
    reply.expect_value("settings", applied_to(before.settings, commit.writes), dict(after.settings))
    reply.expect_value("managed", sorted(commit.managed), sorted(after.managed))


def commit_digest(trial: Trial) -> None:
    """The answer, the settings and the list have the digest of what is there now."""
    before = trial.state()
    commit = trial.flipped(before)
    reply = trial.send(commit, conditions(before.generation))
    due = Claims.of(commit.managed).digest(applied_to(before.settings, commit.writes))
    reply.expect_value("digest", due, reply.created().digest)
    settings = trial.get(trial.of_firm("settings"))
    settings.expect_value("digest", due, settings.read(FirmState).digest)


def commit_moves_the_audit_head(trial: Trial) -> None:
    """`audit` is another one after every commit: so a restored portal can be told from its past."""
    before = trial.state()
    if not before.audit:
        raise Skipped(phrase("conformance.skipped.no-audit"))
    trial.committed(trial.flipped(before), before)
    reply = trial.get(trial.of_firm("settings"))
    if reply.read(FirmState).audit == before.audit:
        reply.deviates(phrase("conformance.expected.another-audit"), before.audit)


def absent_after_clears(trial: Trial) -> None:
    """A field without `after` is not set any more; that is not null and not false."""
    start = trial.state()
    trial.committed(trial.flipped(start), start)
    held = trial.state()
    path = trial.switch
    trial.committed(trial.writing(held, Edit(path, held.settings.get(path, ABSENT))), held)
    reply = trial.get(trial.of_firm("settings"))
    left = {name: value for name, value in held.settings.items() if name != path}
    reply.expect_value("settings", left, dict(reply.read(FirmState).settings))


def claims_alone(trial: Trial) -> None:
    """A commit without writes moves the firm on, and its digest with the claims."""
    state = trial.state()
    claims = {*state.managed} ^ {trial.switch}
    done = trial.committed(planned(trial.info, state, managed=claims), state)
    reply = trial.get(trial.of_firm("settings"))
    after = reply.read(FirmState)
    reply.expect_value("generation", done.generation, after.generation)
    reply.expect_value("managed", sorted(claims), sorted(after.managed))
    reply.expect_value("digest", Claims.of(claims).digest(state.settings), after.digest)


def hand_keeps_claims(trial: Trial) -> None:
    """A change by hand is a generation, and leaves what is managed and applied as it was."""
    first = trial.state()
    trial.committed(trial.flipped(first), first)
    before = trial.state()
    trial.committed(by_hand(flip(trial.switch, before)), before)
    reply = trial.get(trial.of_firm("settings"))
    after = reply.read(FirmState)
    reply.expect_value("generation", before.generation + 1, after.generation)
    reply.expect_value("applied", before.applied, after.applied)
    reply.expect_value("managed", sorted(before.managed), sorted(after.managed))


def stored_as_sent(trial: Trial) -> None:
    """Texts beyond ASCII, and keys in any order, are stored as they are; the digest is over that."""
    before = trial.state()
    commit = trial.writing(before, *trial.entries.entry("portalsync-check", before))
    done = trial.committed(commit, before)
    reply = trial.get(trial.of_firm("settings"))
    after = reply.read(FirmState)
    for write in commit.writes:
        reply.expect_value(write.path, write.after, after.settings.get(write.path))
    reply.expect_value("digest", Claims.of(after.managed).digest(after.settings), done.digest)


def acknowledged_taken(trial: Trial) -> None:
    state = trial.state()
    accepted = ("new-host:pay.example.com", "changed-firms:120")
    trial.committed(replace(trial.flipped(state), acknowledged=accepted), state)


CHECKS = (
    *(
        Check(run, "Committing", writes=True)
        for run in (
            commit_answer,
            commit_makes_the_next_generation,
            absent_after_clears,
            claims_alone,
            hand_keeps_claims,
            stored_as_sent,
            acknowledged_taken,
        )
    ),
    Check(commit_digest, "Digests", writes=True),
    Check(commit_moves_the_audit_head, "Reading", Weight.OPTIONAL, writes=True),
)
