"""What the files want, spelt as the portal spells it."""

from dataclasses import replace

from portalsync.catalog.normal import spelt_as
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT
from portalsync.model.settings import Settings


def as_spelt_on_portal(desired: Desired, live: Settings) -> Desired:
    """Each value that the portal has in another spelling is taken from there: it is no change, and what was
    planned is what is read back.
    """
    values = {
        path: statement._replace(value=spelt_as(path, live[path], statement.value))
        for path, statement in desired.values.items()
        if path in live and statement.value is not ABSENT
    }
    return replace(desired, values={**desired.values, **values})
