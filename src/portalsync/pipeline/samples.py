"""What `init` made up is for the portal on this machine."""

from collections.abc import Container

from portalsync.catalog.files.layers import SAMPLE
from portalsync.catalog.files.network import EMBEDDED
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.lexicon import phrase
from portalsync.pipeline.surveyed import Survey


def check_samples(known: Survey, environment: str, chosen: Container[str]) -> None:
    """InvalidConfig if a chosen firm's file is a sample still, and clients could read it."""
    samples = [firm for firm in known.firms if firm in known.samples and firm in chosen]
    if samples and known.network["environments"][environment]["backend"] != EMBEDDED:
        raise InvalidConfig([_sample(known, environment, firm) for firm in samples])


def _sample(known: Survey, environment: str, firm: str) -> Diagnostic:
    return Diagnostic(
        "sample-elsewhere",
        phrase("findings.sample-elsewhere.message", environment=environment),
        known.document(firm).parsed.key_position((SAMPLE,)),
        hint=phrase("findings.sample-elsewhere.hint"),
    )
