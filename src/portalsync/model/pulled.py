"""What a pull brought from a portal into the files."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from portalsync.model.annotations import VERSION_DOC, Count, Doc
from portalsync.model.edit import Edit


@dataclass(frozen=True, slots=True)
class PulledFirm:
    """Of one firm."""

    id: Annotated[str, Doc("The firm's id on the portal.")]
    name: Annotated[str, Doc("The firm's name.")]
    is_new: Annotated[bool, Doc("Whether no file was about the firm before.")]
    settings: Annotated[Count, Doc("Settings that the firm has on the portal.")]
    edits: Annotated[
        tuple[Edit, ...],
        Doc(
            "What the files wanted, absent where they said nothing or nothing was to be set, and what the "
            "portal has."
        ),
    ]
    overruled: Annotated[
        tuple[str, ...],
        Doc("Settings paths of edits before which the files wanted what no plan has applied yet."),
    ]
    files: Annotated[tuple[str, ...], Doc("The firm's files that change, as seen from the configuration.")]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What files were to change so that they want what the portal has."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[str, Doc("The environment of portalsync.yaml.")]
    portal: Annotated[str, Doc("The portal's identity.")]
    written: Annotated[bool, Doc("Whether the files are changed; with `--check` they are not.")]
    firms: Annotated[tuple[PulledFirm, ...], Doc("All that were asked for.")]
    shared: Annotated[tuple[str, ...], Doc("Files of groups that came.")]

    @property
    def changed(self) -> tuple[PulledFirm, ...]:
        return tuple(firm for firm in self.firms if firm.files)

    @property
    def files(self) -> tuple[str, ...]:
        return (*self.shared, *(name for firm in self.firms for name in firm.files))
