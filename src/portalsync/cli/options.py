"""Options that several commands share, each with its variable."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from portalsync.cli.language import VARIABLE, speak
from portalsync.cli.usage import BadValue
from portalsync.cli.values import PATH, Choice, FormatAndFile, Instant, Target
from portalsync.lexicon import LOCALES, phrase

F = TypeVar("F", bound=Callable[..., Any])


def now() -> datetime:
    """The current minute: finer instants would only make equal plans differ."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def config_option(command: F) -> F:
    return click.option(
        "--config",
        "root",
        type=PATH,
        default="portal-config",
        show_default=True,
        envvar="PORTALSYNC_CONFIG",
    )(command)


def environment_option(command: F) -> F:
    return click.option(
        "--env",
        "environment",
        envvar="PORTALSYNC_ENV",
    )(command)


def at_option(command: F) -> F:
    return click.option(
        "--at",
        type=Instant(),
        default=now,
        envvar="PORTALSYNC_AT",
    )(command)


def _spoken(_context: click.Context, _parameter: click.Parameter, language: str) -> str:
    speak(language)
    return language


def language_option(command: F) -> F:
    return click.option(
        "--lang",
        type=Choice(LOCALES),
        default=LOCALES[0],
        show_default=True,
        callback=_spoken,
        envvar=VARIABLE,
    )(command)


def format_option(*formats: str) -> Callable[[F], F]:
    def add(command: F) -> F:
        return click.option(
            "--format",
            "form",
            type=Choice(formats),
            default="text",
            show_default=True,
            envvar="PORTALSYNC_FORMAT",
        )(command)

    return add


def _each_once(
    _context: click.Context, _parameter: click.Parameter, targets: tuple[Target, ...]
) -> tuple[Target, ...]:
    paths = [target.path.resolve() for target in targets]
    for path in paths:
        if paths.count(path) > 1:
            raise BadValue(phrase("help.value.one-file", file=path.name))
    return targets


def output_file_option(*formats: str) -> Callable[[F], F]:
    def add(command: F) -> F:
        return click.option(
            "--output-file",
            "targets",
            type=FormatAndFile(formats),
            multiple=True,
            callback=_each_once,
            envvar="PORTALSYNC_OUTPUT_FILE",
        )(command)

    return add


def summary_option(command: F) -> F:
    return click.option(
        "--summary",
        is_flag=True,
        envvar="PORTALSYNC_ONLY_SUMMARY",
    )(command)


def pager_option(command: F) -> F:
    return click.option(
        "--no-pager",
        is_flag=True,
        envvar="PORTALSYNC_NO_PAGER",
    )(command)
