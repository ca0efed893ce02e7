"""In whose words people read where to click."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from portalsync.catalog.files.network import MANUAL, NETWORK
from portalsync.catalog.stored import IDENTIFIER
from portalsync.catalog.vendor import Vendor
from portalsync.cli.inputs import findings_in
from portalsync.cli.nearest import nearest_config
from portalsync.cli.usage import WrongUse, choices
from portalsync.config.vendors import known_vendors, read_vendor
from portalsync.lexicon import phrase
from portalsync.model.settings import Settings
from portalsync.pipeline.load import load_network
from portalsync.views.click_list.listing import nobody_knows


def _completion(context: click.Context, _parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """What is offered to a shell gets typed there: names that can be ids alone."""
    root = context.params.get("root") or nearest_config()
    return [
        CompletionItem(name)
        for name in known_vendors(root)
        if name.startswith(start) and IDENTIFIER.fullmatch(name)
    ]


vendor_option = click.option(
    "--vendor",
    shell_complete=_completion,
    envvar="PORTALSYNC_VENDOR",
)


def vendor_of(root: Path, environment: str, name: str | None = None) -> Vendor | None:
    """The map that is named, else that of the environment; None if nobody names one. WrongUse if there is
    none of this name.
    """
    with findings_in(root):
        name = name or _environment(root, environment).get("vendor")
        if name is None:
            return None
        known = known_vendors(root)
        found = read_vendor(root, name) if name in known else None
    if found is None:
        raise WrongUse(phrase("help.usage.unknown-vendor.message", name=name), choices(known))
    return found


def recorded_of(root: Path, environment: str) -> Callable[[str], Settings]:
    """What is recorded of a firm of a portal that people set by hand; of any other, nothing."""
    with findings_in(root):
        settings = _environment(root, environment)
    if settings.get("backend") != MANUAL:
        return nobody_knows
    from portalsync.record.by_hand import connect  # noqa: PLC0415 - most portals have an API

    portal = connect(settings, root, None)
    return lambda firm: portal.record(firm).values


def _environment(root: Path, name: str) -> Mapping[str, str]:
    """Of a plan that came from elsewhere, nothing is known here."""
    if not os.path.lexists(root / NETWORK.file):
        return {}
    settings: Mapping[str, str] = load_network(root)["environments"].get(name, {})
    return settings
