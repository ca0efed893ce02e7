"""A firm's wishes, narrowed to some of its settings."""

from collections.abc import Collection
from dataclasses import replace

from portalsync.model.claims import Claims
from portalsync.model.desired import Desired
from portalsync.model.path_patterns import NO_PATHS
from portalsync.planning.spelt import NO_LINE, as_on_portal
from portalsync.wire import FirmState


def narrowed(desired: Desired, live: FirmState, paths: Collection[str]) -> Desired:
    """What the files want of these paths, all of which are managed. All else that is managed stays so, and as
    it is, whatever the files say of it by now.
    """
    managed = Claims.of(live.managed)
    held = {
        path: as_on_portal(path, live.settings)
        for path in live.settings
        if path in managed and path not in paths
    }
    wanted = {path: desired.values[path] for path in paths if path in desired.values}
    claims = {claim: desired.claims.get(claim, NO_LINE) for claim in live.managed}
    return replace(desired, values={**held, **wanted}, claims=claims, previously={}, ignored=NO_PATHS)
