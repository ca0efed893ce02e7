"""Options that several commands share, each with its variable."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from portalsync.cli.language import LANGUAGES, VARIABLE, speak

if TYPE_CHECKING:
    from portalsync.model.guardrails import Acknowledgement

F = TypeVar("F", bound=Callable[..., Any])


class Instant(click.ParamType[datetime]):
    """An ISO day or time; without a zone it is UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a time such as 2027-02-01T09:00.", param, ctx)
        if not 2000 <= moment.year < 3000:  # noqa: PLR2004 - beyond, time zones overflow the calendar
            self.fail(f"{value!r} is not between the years 2000 and 2999.", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def now() -> datetime:
    """The current minute: finer instants would only make equal plans differ."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def config_option(command: F) -> F:
    return click.option(
        "--config",
        "root",
        type=click.Path(readable=False, path_type=Path),
        default="portal-config",
        show_default=True,
        envvar="PORTALSYNC_CONFIG",
        help="Folder that holds portalsync.yaml.",
    )(command)


def environment_option(command: F) -> F:
    return click.option(
        "--env",
        "environment",
        envvar="PORTALSYNC_ENV",
        help="Environment of portalsync.yaml. [default: its default_environment]",
    )(command)


def at_option(command: F) -> F:
    return click.option(
        "--at",
        type=Instant(),
        default=now,
        envvar="PORTALSYNC_AT",
        help="The instant to look at, e.g. 2027-02-01T09:00 (UTC if no zone). [default: now]",
    )(command)


def _spoken(_context: click.Context, _parameter: click.Parameter, language: str) -> str:
    speak(language)
    return language


def language_option(command: F) -> F:
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=LANGUAGES[0],
        show_default=True,
        callback=_spoken,
        envvar=VARIABLE,
        help="Language of what is reported.",
    )(command)


def format_option(*formats: str) -> Callable[[F], F]:
    def add(command: F) -> F:
        return click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            default="text",
            show_default=True,
            envvar="PORTALSYNC_FORMAT",
            help="How to print the result.",
        )(command)

    return add


@dataclass(frozen=True, slots=True)
class Target:
    """A file that gets the result in a format of its own."""

    form: str
    path: Path


class FormatAndFile(click.ParamType[Target]):
    """`FORMAT=PATH`, such as `sarif=findings.sarif`."""

    name = "format=path"
    envvar_list_splitter = os.path.pathsep

    def __init__(self, formats: tuple[str, ...]) -> None:
        self.formats = formats

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        if isinstance(value, Target):
            return value
        form, sign, path = str(value).partition("=")
        if form not in self.formats:
            self.fail(f"{value!r} does not begin with one of {', '.join(self.formats)}.", param, ctx)
        if not sign or not path:
            self.fail(f"{value!r} names no file, as {form}=PATH does.", param, ctx)
        if Path(path).is_dir():
            self.fail(f"{path!r} is a directory.", param, ctx)
        return Target(form, Path(path))


def _each_once(
    _context: click.Context, _parameter: click.Parameter, targets: tuple[Target, ...]
) -> tuple[Target, ...]:
    paths = [target.path.resolve() for target in targets]
    for path in paths:
        if paths.count(path) > 1:
            raise click.BadParameter(f"Two formats cannot go into one file, {path.name}.")
    return targets


class Acknowledged(click.ParamType["Acknowledgement"]):
    """`RULE:SUBJECT`, such as `new-host:pay.example.com`."""

    name = "rule:subject"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> "Acknowledgement":
        from portalsync.planning.guardrails import acknowledgement

        try:
            return acknowledgement(str(value))
        except ValueError as error:
            self.fail(f"{value!r} {error}.", param, ctx)


def acknowledgement_option(command: F) -> F:
    return click.option(
        "--ack",
        "acknowledged",
        type=Acknowledged(),
        multiple=True,
        metavar="RULE:SUBJECT",
        envvar="PORTALSYNC_ACK",
        help="Accept what a guardrail objects to, as its message says it. Can be given several times.",
    )(command)


def output_file_option(*formats: str) -> Callable[[F], F]:
    def add(command: F) -> F:
        return click.option(
            "--output-file",
            "targets",
            type=FormatAndFile(formats),
            multiple=True,
            callback=_each_once,
            metavar="FORMAT=PATH",
            envvar="PORTALSYNC_OUTPUT_FILE",
            help=f"Also write the result to a file, as {', '.join(formats)}. Can be given several times.",
        )(command)

    return add
