"""A whole portal, verified firm by firm; nothing is written."""

from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from portalsync.backend.protocol import Seed
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.verification import Broken, Verification
from portalsync.model.watch import Watch, unwatched
from portalsync.server.in_place import open_to_read, steadily


def verified(database: Path, environment: str, watch: Watch = unwatched) -> Verification:
    """All that follows from something else is made anew and compared. PortalsyncError if there is no portal,
    or it cannot be read.
    """
    if not database.exists():
        message = phrase("errors.backup.missing.message", file=str(database))
        raise PortalsyncError(message, phrase("errors.backup.missing.hint"))
    with closing(open_to_read(database, Seed(), lambda: datetime.now(UTC))) as store:
        firms = steadily(store.ids)
        broken = tuple(
            Broken(firm, each.generation, each.flaw)
            for firm in watch(firms)
            for each in steadily(partial(store.verify_audit, firm))
        )
        return Verification(environment, steadily(store.portal).portal, len(firms), broken)
