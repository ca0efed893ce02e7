"""Where results are written to: never into a configuration, which would read them or be lost by them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from portalsync.cli.usage import BadValue, choices
from portalsync.cli.values import LocalPath, Target
from portalsync.config.around import config_around, config_reading, keeps_a_portal
from portalsync.lexicon import phrase

F = TypeVar("F", bound=Callable[..., Any])


class OutputPath(LocalPath):
    """A file or folder to be written. `-` is none: a result on stdout is what `--format` is for. `around`
    is the configuration that a path is not to be in.
    """

    written = True

    def __init__(
        self,
        around: Callable[[Path], Path | None] = config_around,
        *,
        file: bool = True,
        folder: bool = True,
    ) -> None:
        super().__init__(file=file, folder=folder)
        self._around = around

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not str(value):
            raise BadValue(phrase("help.value.nameless"))
        path = super().convert(value, param, ctx)
        if str(value) == "-":
            raise BadValue(phrase("help.value.dash.message"), phrase("help.value.dash.hint"))
        if (folder := self._around(path)) is not None:
            what = phrase("help.value.inside-config.message", path=str(path), folder=str(folder))
            raise BadValue(what, phrase("help.value.inside-config.hint"))
        if keeps_a_portal(path):
            what = phrase("help.value.portal.message", path=str(path))
            raise BadValue(what, phrase("help.value.portal.hint"))
        return path


OUTPUT_FILE = OutputPath(folder=False)
OUTPUT_FOLDER = OutputPath(file=False)
FOLDER_OF_FILES_NOT_READ = OutputPath(config_reading, file=False)
"""For files whose names no configuration reads: in a repository that is one, they lie beside its own."""


class FormatAndFile(click.ParamType[Target]):
    """`FORMAT=PATH`, such as `sarif=findings.sarif`."""

    name = "format-path"
    envvar_list_splitter = os.path.pathsep

    def __init__(self, formats: tuple[str, ...]) -> None:
        self.choices = formats

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        if isinstance(value, Target):
            return value
        form, sign, path = str(value).partition("=")
        if form not in self.choices:
            raise BadValue(phrase("help.value.format", value=str(value)), choices(self.choices))
        if not sign or not path:
            hint = phrase("help.value.format-file.hint", form=form)
            raise BadValue(phrase("help.value.format-file.message", value=str(value)), hint)
        return Target(form, OUTPUT_FILE.convert(path, param, ctx))


def output_file_option(*formats: str) -> Callable[[F], F]:
    return click.option(
        "--output-file",
        "targets",
        type=FormatAndFile(formats),
        multiple=True,
        envvar="PORTALSYNC_OUTPUT_FILE",
    )
