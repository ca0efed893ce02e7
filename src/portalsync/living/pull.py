"""What a firm has on its portal, brought into its own layer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from portalsync.catalog.kinds.image import picture_of
from portalsync.catalog.normal import differing_values
from portalsync.config.discover import check_picture
from portalsync.config.document import Document, check_file
from portalsync.config.edit.layer import layer_edited
from portalsync.config.file import HeldFile
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig
from portalsync.config.validate import picture_of as picture_named
from portalsync.errors import InvalidConfig
from portalsync.living.own_layer import own_edits
from portalsync.living.reading_order import in_reading_order
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.settings import Settings

_MOST_LOOKS = 10
"""Each takes back what came through from shared layers when the one before it was done."""


@dataclass(frozen=True, slots=True)
class OnPortal:
    """One firm as its portal has it."""

    id: str
    settings: Settings
    facts: Facts


@dataclass(frozen=True, slots=True)
class Pictures:
    """Files for the pictures of a firm, or of a group. `there` has all pictures of the configuration, as they
    are stored.
    """

    owner: str
    there: Mapping[str, str]
    new: dict[str, str] = field(default_factory=dict)

    def name(self, stored: str) -> str:
        """A file that holds this picture or is to: called as its owner is; where another is called so, by
        what it holds too, so that no two owners ever mean the same file. InvalidConfig if it is no picture.
        """
        ending, content = picture_of(stored)
        name = f"assets/{self.owner}{ending}"
        if len(self.owner) > _LONGEST_NAME or self.there.get(name, stored) != stored:
            name = f"assets/{self.owner[:_LONGEST_NAME]}-{sha256(content).hexdigest()[:8]}{ending}"
        if found := [*check_picture(name, content)]:
            raise InvalidConfig(found)
        if name not in self.there:
            self.new[name] = stored
        return name

    def contents(self) -> Mapping[str, bytes]:
        return {name: picture_of(stored)[1] for name, stored in self.new.items()}


_LONGEST_NAME = 54
"""Characters of an owner's id that leave room for what a picture holds."""


def pulled(
    config: ValidConfig, file: HeldFile, portal: OnPortal, pictures: Pictures, *, whole: bool
) -> bytes:
    """The firm's own file once the files want what the portal has, with no more changed than what differs.
    `whole`: what no layer speaks of is brought in too, and is managed from then on.

    InvalidConfig if the file could not be read afterwards.
    """
    content = file.content
    order = in_reading_order(portal.settings, portal.facts)
    for _ in range(_MOST_LOOKS):
        own = check_file(replace(file, content=content))
        desired = wanted(config, own, portal.id, pictures)
        paths = sorted(_differing(desired, portal.settings, whole=whole), key=order)
        if not paths:
            return content
        edits = own_edits(desired, dict(own.data), portal.settings, paths, pictures.name)
        content = layer_edited(content, file.name, edits)
    raise AssertionError(f"{file.name} cannot be brought to say what the portal has")


def wanted(config: ValidConfig, own: Document, firm: str, pictures: Pictures) -> Desired:
    """What the files say that the firm is to have, with this as its own."""
    named = picture_named(own) or ""
    there = {named: pictures.there[named]} if named in pictures.there else {}
    assets = {**config.assets, **there, **pictures.new}
    return resolve(replace(config, firms={**config.firms, firm: own}, assets=assets), firm)[0]


def _differing(desired: Desired, live: Settings, *, whole: bool) -> Iterator[str]:
    yield from differing_values(live, desired.in_force(live))
    if whole:
        managed = desired.managed
        yield from (path for path in live if path not in managed and path not in desired.ignored)
