"""A whole portal, verified firm by firm; nothing is written."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from portalsync.backend.protocol import Seed
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.verification import Broken, Flaw, Verification
from portalsync.model.watch import Watch, unwatched
from portalsync.server.in_place import open_to_read, steadily
from portalsync.server.verify import Kept

NOTHING_KEPT: Mapping[str, Kept] = MappingProxyType({})


def verified(
    database: Path, environment: str, watch: Watch = unwatched, kept: Mapping[str, Kept] = NOTHING_KEPT
) -> Verification:
    """All that follows from something else is made anew and compared. PortalsyncError if there is no portal,
    or it cannot be read. `kept` is what was kept of trails elsewhere, by firm.
    """
    if not database.exists():
        message = phrase("errors.backup.missing.message", file=str(database))
        raise PortalsyncError(message, phrase("errors.backup.missing.hint"))
    with closing(open_to_read(database, Seed(), lambda: datetime.now(UTC))) as store:
        firms = steadily(store.ids)
        broken = tuple(
            Broken(firm, each.generation, each.flaw)
            for firm in watch(firms)
            for each in steadily(partial(store.verify_audit, firm, kept.get(firm, ())))
        )
        gone = tuple(Broken(firm, 0, Flaw.GONE) for firm in sorted(kept.keys() - {*firms}))
        number = sum(len(some) for each in kept.values() for some in each)
        portal = steadily(store.portal).portal
        return Verification(environment, portal, len(firms), (*broken, *gone), kept=number)
