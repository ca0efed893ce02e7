"""A firm that the portal is said to know under another id, and does not."""

from collections.abc import Iterator

from portalsync.catalog.files.layers import PREVIOUSLY
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import phrase


def unknown_there(config: ValidConfig, firm: str) -> Iterator[Diagnostic]:
    """Of a firm that a portal does not have: nothing if its file says nothing of the portal's id for it."""
    document = config.firms[firm]
    if PREVIOUSLY in document.data:
        yield Diagnostic(
            "previously-unknown",
            phrase("findings.previously-unknown.firm", id=firm),
            document.parsed.value_position((PREVIOUSLY,)),
            hint=phrase("findings.previously-unknown.hint-firm", id=document.id),
        )
