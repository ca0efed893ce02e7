"""The one door through which YAML comes in: strict, bounded, every value with its position in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from portalsync.config.yaml.careful import read_carefully
from portalsync.config.yaml.mend import mended_findings
from portalsync.config.yaml.positions import PlainText, Positions
from portalsync.config.yaml.quick import Doubt, quick_data
from portalsync.config.yaml.source import Source
from portalsync.config.yaml.text import read_text
from portalsync.diagnostics import Position, capped
from portalsync.errors import InvalidConfig
from portalsync.model.json_value import JSON

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value from the root of its file; a number counts the items of a list from 0."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The data of one file, and where each part of it stands.

    A path that is not in the file gives the position of the nearest value around it.
    """

    data: JSON
    _positions: Positions = field(repr=False, compare=False)
    may_hold_null: bool = field(default=True, repr=False, compare=False)
    """Whether a null may be among the values; nobody needs to look for one otherwise."""

    def key_position(self, path: Path) -> Position:
        """Where the key stands, or the item of a list."""
        return self._positions.key(path)

    def value_position(self, path: Path) -> Position:
        return self._positions.value(path)

    def position_within(self, path: Path, text: str, start: int, length: int) -> Position:
        """Where a part of a text stands, whatever the text is written as."""
        return self._positions.within(path, text, start, length)

    def stated_position(self, path: Path) -> Position:
        """Where the value stands; where its key stands if the value only begins below."""
        return self._positions.stated(path)

    def on_line(self, line: int) -> list[Path]:
        """The ways to what begins on a line, or to the value of which it is a further line."""
        return self._positions.on_line(line)

    @property
    def text(self) -> str:
        return self._positions.text

    def plain_texts(self) -> Iterator[PlainText]:
        """All values without quotes that are not empty, read again from the text."""
        return self._positions.plain_texts()


def parse(content: bytes, file: str) -> Parsed:
    """Read a YAML file, or raise `InvalidConfig` with everything that is wrong with it.

    Plain values follow YAML 1.2's core schema where they look like what they mean: `no`, `022`, `1.10`, `1e3`
    and dates are texts, `true`, `null`, `12` and `1.5` are not, and quotes always make a text.
    """
    source = read_text(content, file)
    try:
        data, may_hold_null = quick_data(source.text)
    except Doubt:
        return parse_carefully(source)
    return Parsed(data, Positions(source), may_hold_null)


def parse_carefully(source: Source) -> Parsed:
    """The same, by the way that finds all that is wrong."""
    reading = read_carefully(source)
    if reading.findings:
        raise InvalidConfig(capped(mended_findings(source, reading)))
    return Parsed(reading.data, Positions(source), reading.may_hold_null)
