"""Who answers, and what it knows."""

import re
from uuid import UUID

from portalsync.backend.reading import unlike
from portalsync.conformance.check import Check
from portalsync.conformance.drafts import agreed
from portalsync.conformance.reply import Skipped
from portalsync.conformance.trial import Trial
from portalsync.lexicon import phrase
from portalsync.model.annotations import DIGEST
from portalsync.model.codec import encode
from portalsync.model.conformance import Weight
from portalsync.wire import PortalInfo


def portal_form(trial: Trial) -> None:
    reply = trial.get("/v1/portal")
    info = reply.read(PortalInfo)
    for option, digest in info.options.items():
        if not re.fullmatch(DIGEST, digest):
            reply.deviates(phrase("conformance.expected.digest", name=option), digest)


def portal_identity(trial: Trial) -> None:
    reply = trial.get("/v1/portal")
    info = reply.read(PortalInfo)
    try:
        UUID(info.portal)
    except ValueError:
        reply.deviates(phrase("conformance.expected.uuid"), info.portal)
    reply.expect_value("portal", encode(info), encode(trial.portal()))


def some_option_agrees(trial: Trial) -> None:
    reply = trial.get("/v1/portal")
    if not agreed(reply.read(PortalInfo)):
        reply.deviates(phrase("conformance.expected.an-option"))


def every_option_agrees(trial: Trial) -> None:
    """What a portal lacks, or has in another version, cannot be planned there."""
    other = sorted(unlike(trial.info))
    if other:
        raise Skipped(phrase("conformance.skipped.other-options", options=", ".join(other)))


CHECKS = (
    Check(portal_form, "Reading"),
    Check(portal_identity, "Reading"),
    Check(some_option_agrees, "What may be stored"),
    Check(every_option_agrees, "What may be stored", Weight.OPTIONAL),
)
