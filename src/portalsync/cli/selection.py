"""`--firm` and `--group`: which firms a command is about."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from click.shell_completion import CompletionItem

from portalsync.catalog import FIELDS
from portalsync.catalog.files.kind import FileKind
from portalsync.catalog.files.layers import FIRM, GROUP
from portalsync.catalog.files.personas import PERSONA
from portalsync.catalog.stored import IDENTIFIER
from portalsync.cli.nearest import nearest_config
from portalsync.cli.usage import BadValue
from portalsync.config.selection import Selection
from portalsync.lexicon import phrase

Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


class Identifier(click.ParamType[str]):
    """An id, as files have it; or none."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        del param, ctx
        if value and not IDENTIFIER.fullmatch(str(value)):
            raise BadValue(phrase("help.value.identifier", value=str(value)))
        return str(value)


def selection_options(command: Callable[..., int]) -> Callable[..., int]:
    """The command gets both as one `selection`."""

    @wraps(command)
    def selecting(*, firms: tuple[str, ...], groups: tuple[str, ...], **others: Any) -> int:
        return command(selection=Selection(firms, groups), **others)

    return _firm(group_option(selecting))


def _complete(kind: FileKind) -> Completion:
    """Firms or groups of the configuration, by the names of their files that can be ids: what is offered to a
    shell gets typed there, and `$(…)` would be a command.
    """

    def complete(context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
        root = context.params.get("root") or nearest_config()
        names = sorted(path.stem for path in root.glob(kind.pattern))
        return [
            CompletionItem(name) for name in names if name.startswith(start) and IDENTIFIER.fullmatch(name)
        ]

    return complete


def setting_completion(
    _context: click.Context, _parameter: click.Parameter, start: str
) -> list[CompletionItem]:
    """Settings of firms, and options; what stands in lists, with its patterns."""
    names = dict.fromkeys(name for path in FIELDS for name in (path.partition(".")[0], path))
    return [CompletionItem(name) for name in names if name.startswith(start)]


firm_completion, group_completion = _complete(FIRM), _complete(GROUP)
persona_completion = _complete(PERSONA)
setting_argument = click.argument(
    "setting", required=False, default="", metavar="setting", shell_complete=setting_completion
)
firm_argument = click.argument("firm", metavar="firm", shell_complete=firm_completion)

live_option = click.option(
    "--live",
    metavar="firm",
    envvar="PORTALSYNC_SHOW_LIVE",
    shell_complete=_complete(FIRM),
)

_firm = click.option(
    "--firm",
    "firms",
    multiple=True,
    envvar="PORTALSYNC_FIRM",
    shell_complete=firm_completion,
)
group_option = click.option(
    "--group",
    "groups",
    multiple=True,
    envvar="PORTALSYNC_GROUP",
    shell_complete=group_completion,
)
