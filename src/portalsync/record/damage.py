"""Records that cannot be believed, as findings of the configuration."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from portalsync.diagnostics import Diagnostic
from portalsync.record.by_hand import connect
from portalsync.record.record_file import RecordDamaged


def damaged_records(settings: Mapping[str, str], root: Path) -> Iterator[Diagnostic]:
    """Of one portal, file by file; BackendError for one that cannot be read at all."""
    portal = connect(settings, root, None)
    for firm in sorted(portal.recorded()):
        try:
            portal.record(firm)
        except RecordDamaged as damaged:
            yield damaged.finding
