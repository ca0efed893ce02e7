"""One firm's settings and facts, as they can be read."""

from portalsync.catalog.conform import faults, validator
from portalsync.catalog.option import Field
from portalsync.catalog.schema import schema_for
from portalsync.catalog.stored import stored_field, value_fault
from portalsync.conformance.check import Check
from portalsync.conformance.drafts import agreed
from portalsync.conformance.trial import Trial
from portalsync.lexicon import phrase
from portalsync.model.claims import Claims
from portalsync.model.settings import options_of
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
    reply = trial.get(trial.of_firm("settings"))
    known = agreed(trial.info)
    for path, value in reply.read(FirmState).settings.items():
        is_known = options_of([path]) <= known and isinstance(stored_field(path), Field)
        if is_known and value_fault(path, value) is not None:
            reply.deviates(phrase("conformance.expected.fitting", path=path))


def settings_unchanged(trial: Trial) -> None:
    etag = f'"{trial.state().generation}"'
    reply = trial.get(trial.of_firm("settings"), {"If-None-Match": etag}).expect(304)
    reply.expect_value("body", 0, len(reply.body))
    trial.get(trial.of_firm("settings"), {"If-None-Match": '"2147483647"'}).expect(200)


def facts_form(trial: Trial) -> None:
    reply = trial.get(trial.of_firm("facts")).expect(200)
    body = reply.json()
    fault = next(faults(validator(schema_for("facts")), body), None)
    if fault is not None:
        place = ".".join([*map(str, fault.path), *filter(None, [fault.key])])
        reply.deviates(phrase("conformance.expected.facts", place=f"{place} ({fault.keyword})"))
    reply.expect_value("firm", trial.firm, body["firm"])


CHECKS = (
    Check(settings_form, "Reading"),
    Check(settings_digest, "The idea"),
    Check(settings_values, "Committing"),
    Check(settings_unchanged, "Reading"),
    Check(facts_form, "Reading"),
)
