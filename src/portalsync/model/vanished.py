"""What a portal had when settings were applied that need it, and has no more."""

from dataclasses import dataclass
from typing import Annotated

from portalsync.model.annotations import Doc


@dataclass(frozen=True, slots=True)
class Vanished:
    """One thing that is gone, and the firms whose settings need it."""

    kind: Annotated[
        str,
        Doc("template, pipeline, stage, job_status, integration, integrations (all) or provider."),
    ]
    id: Annotated[str, Doc("The portal's id for it; empty where it is any of its kind.")]
    setting: Annotated[str, Doc("The path of a setting that needs it.")]
    firms: Annotated[tuple[str, ...], Doc("The firms, by id.")]
