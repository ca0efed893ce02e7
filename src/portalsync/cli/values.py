"""Kinds of values that options and arguments take; what is wrong with one is said in our words.

Whose value it is, click tells the error by itself.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from portalsync.cli.usage import BadValue, choices
from portalsync.lexicon import phrase


class Instant(click.ParamType[datetime]):
    """An ISO day or time; without a zone it is UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        del param, ctx
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            raise _no_time("help.value.time.message", value) from None
        if not 2000 <= moment.year < 3000:  # noqa: PLR2004 - beyond, time zones overflow the calendar
            raise _no_time("help.value.year.message", value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _no_time(key: str, value: Any) -> BadValue:
    return BadValue(phrase(key, value=str(value)), phrase("help.value.time.hint"))


class Choice(click.Choice[str]):
    """One of some words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise BadValue(phrase("help.value.choice", value=str(value)), choices(self.choices)) from None


_USED = "portalsync.used"
"""Paths that a call names, in its context: whether each is written."""


class LocalPath(click.Path[Path]):
    """A file, a folder or either; whether it is there, and can be read, shows when it is opened. What is
    `written` is neither read nor written by anything else in the same call.
    """

    written = False

    def __init__(self, *, file: bool = True, folder: bool = True) -> None:
        super().__init__(file_okay=file, dir_okay=folder, readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        try:
            path = super().convert(value, param, ctx)
        except click.BadParameter:
            found = "help.value.file" if self.dir_okay else "help.value.directory"
            raise BadValue(phrase(found, path=str(value))) from None
        if ctx is not None:
            self._use(path, ctx.meta.setdefault(_USED, {}))
        return path

    def _use(self, path: Path, used: dict[str, bool]) -> None:
        real = os.path.realpath(path)
        if real in used and (self.written or used[real]):
            raise BadValue(phrase("help.value.one-file", file=path.name))
        used[real] = self.written


PATH = LocalPath()
FOLDER = LocalPath(file=False)


class Whole(click.ParamType[int]):
    """A whole number."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        del param, ctx
        try:
            return int(value)
        except ValueError:
            raise BadValue(phrase("help.value.whole", value=str(value))) from None


class AtLeast(click.IntRange):
    """A whole number that is not too small."""

    name = "integer-range"

    def __init__(self, least: int) -> None:
        super().__init__(min=least)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        number = Whole().convert(value, param, ctx)
        if number < (self.min or 0):
            raise BadValue(phrase("help.value.range", value=str(number), least=str(self.min)))
        return number


@dataclass(frozen=True, slots=True)
class Target:
    """A file that gets the result in a format of its own."""

    form: str
    path: Path
