"""A firm's own file, edited so that it says what the portal has, or nothing of it any more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from portalsync.catalog.entries import whole_entry
from portalsync.catalog.files.ignore import IGNORE
from portalsync.catalog.files.layers import FIRM
from portalsync.config.document import check_file
from portalsync.config.edit.layer import LayerEdit, layer_edited
from portalsync.config.edit.rewrite import rewritten
from portalsync.config.file import HeldFile
from portalsync.config.resolve import resolve
from portalsync.config.validate import ValidConfig
from portalsync.config.yaml import parse
from portalsync.diagnostics import has_errors
from portalsync.errors import InvalidConfig, NotKept
from portalsync.lexicon import phrase
from portalsync.living.piece import Piece
from portalsync.living.pull import OnPortal, Pictures, pulled
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT, applied_to
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSONObject
from portalsync.model.settings import Settings

_BELOW = ("profile", "options")
"""What comes last in a layer."""


@dataclass(frozen=True)
class OwnFile:
    """The top layer of a firm, whose configuration holds what is below it."""

    config: ValidConfig
    firm: str
    content: bytes
    facts: Facts
    pictures: Pictures

    @property
    def name(self) -> str:
        return self.config.firms[self.firm].file

    @cached_property
    def desired(self) -> Desired:
        """What the layers say then. InvalidConfig if that does not add up."""
        desired, findings = resolve(self.config, self.firm)
        if has_errors(findings):
            raise InvalidConfig(findings)
        return desired

    def files(self, before: bytes) -> Mapping[str, tuple[bytes, bytes]]:
        """What is there before and after this is written, by name; of a new picture nothing before."""
        new = {name: (b"", content) for name, content in self.pictures.contents().items()}
        return {self.name: (before, self.content), **new}

    def leaves(self, path: str) -> bool:
        """Whether nothing is said of it, and nothing misses that."""
        try:
            return path not in self.desired.managed
        except InvalidConfig:
            return False

    def saying(self, edits: Iterable[LayerEdit]) -> "OwnFile":
        return self.holding(layer_edited(self.content, self.name, edits))

    def ignoring(self, path: str) -> "OwnFile":
        data = parse(self.content, self.name).data
        assert isinstance(data, dict)  # noqa: S101 - it is a layer
        known = data.get(IGNORE, [])
        assert isinstance(known, list)  # noqa: S101 - the same
        above = {key: each for key, each in data.items() if key not in _BELOW}
        more: JSONObject = {IGNORE: [*known, path]}
        return self.holding(rewritten(self.content, self.name, {**above, **more, **data, **more}))

    def holding(self, content: bytes) -> "OwnFile":
        document = check_file(HeldFile("", self.name, FIRM.name, b"", content=content))
        assets = {**self.config.assets, **self.pictures.new}
        config = replace(self.config, firms={self.firm: document}, assets=assets)
        return replace(self, config=config, content=content)


def keeping(own: OwnFile, piece: Piece) -> OwnFile:
    """The file once it says what the portal has. NotKept where no file can."""
    try:
        return _says(own, applied_to(own.desired.in_force({}), piece.edits))
    except InvalidConfig as error:
        why = error.diagnostics[0].message
        message = phrase("errors.keep.message", path=piece.path, why=why)
        raise NotKept(message, phrase("errors.keep.hint")) from error


def _says(own: OwnFile, settings: Settings) -> OwnFile:
    portal = OnPortal(own.firm, settings, own.facts)
    held = HeldFile("", own.name, FIRM.name, b"", content=own.content)
    return own.holding(pulled(own.config, held, portal, own.pictures, whole=False))


def unmanaging(own: OwnFile, path: str) -> OwnFile:
    """The file once portalsync leaves it to the portal: without the line that says it, with a null over what
    lower layers say, or with the entry among what is ignored, where the list is the whole truth.
    """
    if entry := whole_entry(path):
        silent = own.saying([LayerEdit(entry, ABSENT)])
        return silent if path in own.desired.ignored else silent.ignoring(entry)
    silent = own.saying([LayerEdit(path, ABSENT)])
    return silent if silent.leaves(path) else own.saying([LayerEdit(path, None)])
