"""How a firm's generations came about, as its portal tells."""

from collections.abc import Iterator

from portalsync.backend.protocol import Reader
from portalsync.wire import HistoryEntry


def entries_of(portal: Reader, firm: str) -> Iterator[HistoryEntry]:
    """All generations, newest first, as far back as the portal tells; asked for page by page."""
    page = portal.history(firm)
    while page:
        yield from page
        page = portal.older(firm, page[-1].generation) if page[-1].generation > 1 else ()
