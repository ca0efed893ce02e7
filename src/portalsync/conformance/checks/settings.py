"""One firm's settings and facts, as they can be read."""

from portalsync.backend.reading import facts_of, state_of, unlike
from portalsync.conformance.check import Check
from portalsync.conformance.trial import Trial
from portalsync.model.claims import Claims
from portalsync.wire import FirmState


def settings_form(trial: Trial) -> None:
    reply = trial.get(trial.of_firm("settings"))
    state = reply.read(FirmState)
    reply.expect_value("id", trial.firm, state.id)
    reply.expect_header("ETag", f'"{state.generation}"')


def settings_digest(trial: Trial) -> None:
    reply = trial.get(trial.of_firm("settings"))
    state = reply.read(FirmState)
    reply.expect_value("digest", Claims.of(state.managed).digest(state.settings), state.digest)


def settings_values(trial: Trial) -> None:
    """What is there of an option that both know alike fits its fields. A portal may have more of its own."""
    other = unlike(trial.info)
    trial.get(trial.of_firm("settings")).expect(200).believed(lambda body: state_of(body, other))


def settings_unchanged(trial: Trial) -> None:
    etag = f'"{trial.state().generation}"'
    reply = trial.get(trial.of_firm("settings"), {"If-None-Match": etag}).expect(304)
    reply.expect_value("body", 0, len(reply.body))
    trial.get(trial.of_firm("settings"), {"If-None-Match": '"2147483647"'}).expect(200)


def facts_form(trial: Trial) -> None:
    reply = trial.get(trial.of_firm("facts")).expect(200)
    reply.expect_value("firm", trial.firm, reply.believed(facts_of).raw["firm"])


CHECKS = (
    Check(settings_form, "Reading"),
    Check(settings_digest, "Digests"),
    Check(settings_values, "What may be stored"),
    Check(settings_unchanged, "Reading"),
    Check(facts_form, "Reading"),
)
