"""What `init` made up is for the portal on this machine."""

from collections.abc import Container, Iterator

from portalsync.catalog.files.layers import SAMPLE
from portalsync.catalog.files.network import EMBEDDED
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.lexicon import phrase
from portalsync.pipeline.load import Loaded


def check_samples(loaded: Loaded, environment: str, chosen: Container[str]) -> None:
    """InvalidConfig if a chosen firm's file is a sample still, and clients could read it."""
    found = [*_samples(loaded, environment, chosen)]
    if found and loaded.network["environments"][environment]["backend"] != EMBEDDED:
        raise InvalidConfig(found)


def _samples(loaded: Loaded, environment: str, chosen: Container[str]) -> Iterator[Diagnostic]:
    for firm, document in loaded.config.firms.items():
        if SAMPLE in document.data and firm in chosen:
            yield Diagnostic(
                "sample-elsewhere",
                phrase("findings.sample-elsewhere.message", environment=environment),
                document.parsed.key_position((SAMPLE,)),
                hint=phrase("findings.sample-elsewhere.hint"),
            )
