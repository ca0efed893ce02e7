"""Where pull requests live: the options that say so, each with its variable, and the way there."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from portalsync.forge.github import GitHub
from portalsync.forge.protocol import Forge

F = TypeVar("F", bound=Callable[..., Any])


def _first_of(*names: str, default: str = "") -> Callable[[], str]:
    return lambda: next((os.environ[name] for name in names if os.environ.get(name)), default)


def github_options(command: F) -> F:
    for option in (_author, _api, _token, _repository):
        command = option(command)
    return command


@contextmanager
def forge_of(repository: str, token: str, api: str) -> Iterator[Forge]:
    """The repository's forge, closed at the end: GitHub, the one that is known so far."""
    with GitHub(api, repository, token) as forge:
        yield forge


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
