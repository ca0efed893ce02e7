"""Options that several commands share, each with its variable."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

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


def language_option(command: F) -> F:
    return click.option(
        "--lang",
        type=click.Choice(("en", "de")),
        default="en",
        show_default=True,
        envvar="PORTALSYNC_LANG",
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
