"""A firm that the portal does not know, or not under the id that its file says."""

from collections.abc import Mapping, Sequence

from portalsync.backend.protocol import Reader
from portalsync.catalog.files.layers import PREVIOUSLY
from portalsync.config.selection import Selection
from portalsync.diagnostics import Diagnostic
from portalsync.errors import FirmUnknown
from portalsync.lexicon import Text, counted, phrase
from portalsync.pipeline.surveyed import Survey
from portalsync.planning.guardrails import first_firms
from portalsync.wire import FirmSummary


def unknown_there(known: Survey, live: Mapping[str, FirmSummary], firm: str) -> Diagnostic:
    """Of a firm that a portal does not have: that its file gives the portal's id for it wrongly, or that it
    has to be created there.
    """
    document = known.document(firm)
    if PREVIOUSLY in document.data:
        return Diagnostic(
            "previously-unknown",
            phrase("findings.previously-unknown.firm", id=firm),
            document.parsed.value_position((PREVIOUSLY,)),
            hint=phrase("findings.previously-unknown.hint-firm", id=document.id),
        )
    return Diagnostic(
        "firm-unknown",
        message_of([firm]),
        document.parsed.key_position(("id",)),
        hint=hint_of(known, live, firm),
    )


def named_there(portal: Reader, firm: str) -> str:
    """A firm that the portal has. NothingSelected, with one that may be meant, for any other."""
    try:
        portal.state(firm)
    except FirmUnknown:
        Selection((firm,)).among({each.id: () for each in portal.firms()})
    return firm


def message_of(firms: Sequence[str]) -> Text:
    return counted("findings.firms-unknown.message", len(firms), firms=first_firms(firms))


def hint_of(known: Survey, live: Mapping[str, FirmSummary], firm: str) -> Text:
    """Where others are gone, the firm may be one of them."""
    gone = sorted(each for each, summary in live.items() if summary.managed and each not in known.firms)
    if not gone:
        return phrase("findings.firms-unknown.hint")
    return phrase("findings.firms-unknown.hint-renamed", firm=firm, gone=first_firms(gone))
