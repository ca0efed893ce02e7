"""A line of a layer's file that is asked about, and the firms in which it may have a say."""

import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from portalsync.catalog.files.layers import FIRM
from portalsync.cli.usage import WrongUse
from portalsync.config.document import Document, check_file
from portalsync.lexicon import phrase
from portalsync.living.explain.layers import layer_of
from portalsync.living.explain.line import Line, settings_at
from portalsync.pipeline.surveyed import Survey

_LINE = re.compile(r"(?P<file>.+?):(?P<line>[1-9]\d{0,8})(?::\d+)?:?")
"""As messages and editors name it; the column is no matter."""


@dataclass(frozen=True)
class Place:
    """A line of a file, before anybody looked whether there is one."""

    file: str
    line: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """None for what is no file; WrongUse for a file alone."""
        match = _LINE.fullmatch(text)
        if match is None and text.endswith((".yaml", ".yml")):
            what = phrase("help.usage.which-line.message", file=text)
            raise WrongUse(what, phrase("help.usage.which-line.hint", file=text))
        return cls(match["file"], int(match["line"])) if match else None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def inside(self, root: Path) -> str:
        """The file's name within the configuration, named as seen from here or from there."""
        path = Path(self.file)
        folder = root.resolve()
        seen = path.resolve()
        return seen.relative_to(folder).as_posix() if seen.is_relative_to(folder) else path.as_posix()

    def firms(self, root: Path) -> Container[str] | None:
        """The one firm whose own layer it is, by the id of its file; None where several may take it."""
        kind, _, name = layer_of(self.inside(root)).partition(" ")
        return {name} if kind == FIRM.name else None


def asked_line(known: Survey, root: Path, place: Place) -> Line:
    """WrongUse for a file that is no layer of the configuration, and for a line that says nothing."""
    name = place.inside(root)
    file = next((each for each in known.folder.files if each.name == name), None)
    layer = layer_of(name)
    if file is None or not layer:
        what = phrase("help.usage.no-layer.message", file=place.file)
        raise WrongUse(what, phrase("help.usage.no-layer.hint"))
    paths = _paths(check_file(file), place.line)
    if not paths:
        what = phrase("help.usage.says-nothing.message", line=str(place))
        raise WrongUse(what, phrase("help.usage.says-nothing.hint"))
    return Line(layer, paths)


def _paths(document: Document, line: int) -> list[str]:
    places = document.parsed.on_line(line)
    found = (settings_at(document.data, place) for place in places)
    return [*dict.fromkeys(path for path in found if path is not None)]


def firms_of(known: Survey, layer: str) -> list[str]:
    """Those that take the layer, by the portal's id."""
    kind, _, name = layer.partition(" ")
    if kind == "firm":
        return [id_ for id_, firm in known.firms.items() if firm.written_as == name]
    return [id_ for id_, firm in known.firms.items() if not name or name in firm.groups]
