"""What the files want, spelt as the portal spells it, and what of a list they leave as it is there."""

from dataclasses import replace

from portalsync.catalog.normal import spelt_as
from portalsync.diagnostics import NOWHERE, Position
from portalsync.model.desired import Desired, Statement
from portalsync.model.edit import ABSENT
from portalsync.model.settings import Settings


def as_spelt_on_portal(desired: Desired, live: Settings) -> Desired:
    """Each value that the portal has in another spelling is taken from there: it is no change, and what was
    planned is what is read back. Entries that others own in a list that is otherwise the whole truth count as
    wanted as they are.
    """
    values = {
        path: statement._replace(value=spelt_as(path, live[path], statement.value))
        for path, statement in desired.values.items()
        if path in live and statement.value is not ABSENT
    }
    managed, ignored = desired.managed, desired.ignored
    others = {path: as_on_portal(path, live) for path in live if path in ignored and path in managed}
    return replace(desired, values={**desired.values, **values, **others})


def as_on_portal(path: str, live: Settings) -> Statement:
    """What is live, as if a layer said so."""
    return Statement(path, live[path], "", NO_LINE)


class _NoLine:
    """An `Origin` of what no file says."""

    key: Position = NOWHERE
    value: Position = NOWHERE


NO_LINE = _NoLine()
