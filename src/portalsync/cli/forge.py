"""Where pull requests live: the options that say so, each with its variable, and the way there."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from portalsync.catalog.files.network import NETWORK
from portalsync.cli.loaded import read_network
from portalsync.cli.output import tell
from portalsync.connecting.route import NOTHING, route_to
from portalsync.errors import InvalidConfig, UnreadableInput
from portalsync.forge.github import GitHub
from portalsync.forge.protocol import Forge
from portalsync.lexicon import phrase

F = TypeVar("F", bound=Callable[..., Any])


def _first_of(*names: str, default: str = "") -> Callable[[], str]:
    return lambda: next((os.environ[name] for name in names if os.environ.get(name)), default)


def github_options(command: F) -> F:
    for option in (_author, _api, _token, _repository):
        command = option(command)
    return command


@contextmanager
def forge_of(repository: str, token: str, api: str, root: Path) -> Iterator[Forge]:
    """The repository's forge, closed at the end: GitHub, the one that is known so far. The way there is as
    the configuration in `root` says, if there is one.
    """
    way = partial(route_to, settings=_settings_in(root), root=root)
    with GitHub(api, repository, token, way=way) as forge:
        yield forge


def _settings_in(root: Path) -> Mapping[str, str]:
    """Nothing of a file that is wrong: a comment has to say so."""
    if not os.path.lexists(root / NETWORK.file):
        return NOTHING
    try:
        settings: Mapping[str, str] = read_network(root).get("forge", NOTHING)
    except (InvalidConfig, UnreadableInput):
        tell(phrase("told.forge-without-network"))
        return NOTHING
    return settings


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
