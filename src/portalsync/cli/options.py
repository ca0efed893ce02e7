"""Options that several commands share, each with its variable."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from portalsync.cli.language import CONFIG
from portalsync.cli.nearest import nearest_config
from portalsync.cli.values import PATH, Choice, Instant

F = TypeVar("F", bound=Callable[..., Any])


def now() -> datetime:
    """The current minute: finer instants would only make equal plans differ."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


config_option = click.option(
    "--config",
    "root",
    type=PATH,
    default=nearest_config,
    envvar=CONFIG,
)

environment_option = click.option(
    "--env",
    "environment",
    envvar="PORTALSYNC_ENV",
)

at_option = click.option(
    "--at",
    type=Instant(),
    default=now,
    envvar="PORTALSYNC_AT",
)

offline_option = click.option(
    "--offline",
    is_flag=True,
    envvar="PORTALSYNC_OFFLINE",
)


def format_option(*formats: str) -> Callable[[F], F]:
    return click.option(
        "--format",
        "form",
        type=Choice(formats),
        default="text",
        show_default=True,
        envvar="PORTALSYNC_FORMAT",
    )


summary_option = click.option(
    "--summary",
    is_flag=True,
    envvar="PORTALSYNC_ONLY_SUMMARY",
)

pager_option = click.option(
    "--no-pager",
    is_flag=True,
    envvar="PORTALSYNC_NO_PAGER",
)

detailed_exitcode_option = click.option(
    "--detailed-exitcode",
    is_flag=True,
    envvar="PORTALSYNC_DETAILED_EXITCODE",
)

yes_option = click.option(
    "--yes",
    is_flag=True,
    envvar="PORTALSYNC_YES",
)
