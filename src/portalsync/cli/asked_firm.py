"""One firm that is asked about: what the files say of it and, if it can be asked, what the portal has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portalsync.catalog.files.layers import FIRM
from portalsync.catalog.profile import NAME
from portalsync.cli.loaded import read_config
from portalsync.cli.portal import reader_of
from portalsync.cli.workspace import environment_of
from portalsync.config.resolve import layers_of
from portalsync.config.selection import Selection
from portalsync.config.validate import ValidConfig
from portalsync.errors import BackendError
from portalsync.living.explain.layers import LayerStack, below
from portalsync.living.explain.setting import Seen, see
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.pipeline.load import config_of, desired_of, facts_missing
from portalsync.pipeline.surveyed import Survey
from portalsync.planning.spelt import as_spelt_on_portal


@dataclass(frozen=True)
class AskedFirm:
    """`environment` is the one whose portal was asked, if one was."""

    id: str
    known: Survey
    config: ValidConfig
    desired: Desired
    seen: Seen
    environment: str | None
    root: Path

    @property
    def name(self) -> str:
        """As the files have it, else the portal, else the id."""
        live = self.seen.state.settings if self.seen.state else {}
        return str(self.desired.in_force(live).get(NAME.path) or self.id)

    @cached_property
    def layers(self) -> LayerStack:
        """What they say, each line named as seen from where the command runs."""
        return LayerStack(self.desired, below(str(self.root)), layers_of(self.config, self.id))

    @property
    def generation(self) -> int | None:
        return self.seen.state.generation if self.seen.state else None

    @property
    def facts(self) -> Facts:
        """The portal's; the copy where it was not asked. InvalidConfig if there is none."""
        if facts := self.seen.facts or self.config.facts.get(self.id):
            return facts
        raise facts_missing(self.known, self.id)


def asked_firm(root: Path, firm: str, environment: str | None, *, offline: bool) -> AskedFirm:
    """A firm by the id of its file or of the portal. NothingSelected if no file is about it."""
    known = read_config(root, {firm})
    stems = {file.stem for file in known.folder.files if file.kind == FIRM.name}
    (id_,) = known.chosen(Selection((firm,)), stems - known.known_as.keys())
    seen, name = Seen(), None
    if not offline:
        name, settings = environment_of(known.network, environment)
        seen = _seen(known, root, settings, id_)
    desired = desired_of(known, id_)
    spelt = as_spelt_on_portal(desired, seen.state.settings) if seen.state else desired
    return AskedFirm(id_, known, config_of(known, id_), spelt, seen, name, root)


def _seen(known: Survey, root: Path, settings: Mapping[str, str], firm: str) -> Seen:
    """A portal that does not answer is no reason to say nothing of the files."""
    try:
        with reader_of(known, root, settings) as portal:
            return see(portal, firm)
    except BackendError as error:
        return Seen(unread=error.diagnostic.message)
