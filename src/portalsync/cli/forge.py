"""Options of the commands that talk to GitHub, each with its variable."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from portalsync.forge.github import GitHub

F = TypeVar("F", bound=Callable[..., Any])


def _first_of(*names: str, default: str = "") -> Callable[[], str]:
    return lambda: next((os.environ[name] for name in names if os.environ.get(name)), default)


def github_options(command: F) -> F:
    for option in (_author, _api, _token, _repository):
        command = option(command)
    return command


def connected(repository: str, token: str, api: str) -> "GitHub":
    from portalsync.forge.github import GitHub

    return GitHub(api, repository, token)


_repository = click.option(
    "--repository",
    default=_first_of("GITHUB_REPOSITORY"),
    envvar="PORTALSYNC_GITHUB_REPOSITORY",
)
_token = click.option(
    "--token",
    default=_first_of("GITHUB_TOKEN", "GH_TOKEN"),
    envvar="PORTALSYNC_GITHUB_TOKEN",
)
_api = click.option(
    "--api",
    default=_first_of("GITHUB_API_URL", default="https://api.github.com"),
    envvar="PORTALSYNC_GITHUB_API",
)
_author = click.option(
    "--author",
    default="github-actions[bot]",
    show_default=True,
    envvar="PORTALSYNC_GITHUB_AUTHOR",
)
