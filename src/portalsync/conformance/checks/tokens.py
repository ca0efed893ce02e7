"""Who is let in."""

from portalsync.conformance.check import Check
from portalsync.conformance.drafts import flip, planned
from portalsync.conformance.reply import Asked, Skipped
from portalsync.conformance.trial import Trial, conditions, new_key
from portalsync.lexicon import phrase


def token_required(trial: Trial) -> None:
    _given(trial)
    for path in ("/v1/portal", trial.of_firm("settings")):
        reply = trial.probe.ask(Asked("GET", path), token="")
        reply.problem(401, "unauthorized")
        if not reply.headers.get("www-authenticate", "").startswith("Bearer"):
            header = phrase("conformance.expected.header", header="WWW-Authenticate: Bearer")
            reply.deviates(header, reply.headers.get("www-authenticate", "-"))


def token_unknown(trial: Trial) -> None:
    """Another token is not let in, nor repeated."""
    _given(trial)
    token = new_key()
    reply = trial.probe.ask(Asked("GET", trial.of_firm("settings")), token=token)
    reply.problem(401, "unauthorized")
    if token.encode() in reply.body or any(token in each for each in reply.headers.values()):
        reply.deviates(phrase("conformance.expected.no-token"))


def reader_writes_nothing(trial: Trial) -> None:
    if not trial.reader:
        raise Skipped(phrase("conformance.skipped.no-reader"))
    state = trial.state()
    trial.probe.ask(Asked("GET", trial.of_firm("settings")), token=trial.reader).expect(200)
    commit = planned(trial.info, state, flip(trial.switch, state))
    reply = trial.send(commit, conditions(state.generation), token=trial.reader)
    reply.problem(403, "forbidden")
    trial.untouched(state, reply)


def _given(trial: Trial) -> None:
    if not trial.probe.token:
        raise Skipped(phrase("conformance.skipped.no-token"))


CHECKS = (
    Check(token_required, "Tokens"),
    Check(token_unknown, "Tokens"),
    Check(reader_writes_nothing, "Tokens", writes=True),
)
