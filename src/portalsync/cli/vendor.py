"""In whose words people read where to click."""

from pathlib import Path

import click

from portalsync.catalog.vendor import Vendor
from portalsync.cli.inputs import findings_in
from portalsync.cli.usage import WrongUse, choices
from portalsync.cli.workspace import environment_of
from portalsync.config.vendors import known_vendors, read_vendor
from portalsync.lexicon import phrase
from portalsync.pipeline.load import load_network

vendor_option = click.option(
    "--vendor",
    envvar="PORTALSYNC_VENDOR",
)


def vendor_of(root: Path, environment: str, name: str | None = None) -> Vendor | None:
    """The map that is named, else that of the environment; None if nobody names one. WrongUse if there is
    none of this name.
    """
    with findings_in(root):
        name = name or _of_environment(root, environment)
        if name is None:
            return None
        known = known_vendors(root)
        found = read_vendor(root, name) if name in known else None
    if found is None:
        raise WrongUse(phrase("help.usage.unknown-vendor.message", name=name), choices(known))
    return found


def _of_environment(root: Path, environment: str) -> str | None:
    _, settings = environment_of(load_network(root), environment)
    return settings.get("vendor")
