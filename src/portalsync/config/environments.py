"""The environments of `portalsync.yaml`, where they cannot be so."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from portalsync.catalog.files.network import EMBEDDED, ends_like_config
from portalsync.config.yaml import Parsed
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import phrase
from portalsync.suggest import did_you_mean, one_of


def wrong_environments(network: Parsed) -> Iterator[Diagnostic]:
    """Of a file that its schema accepted."""
    data: Any = network.data
    yield from _default(network, data["default_environment"], data["environments"])
    yield from _databases(network, data["environments"])


def _default(network: Parsed, name: str, known: Collection[str]) -> Iterator[Diagnostic]:
    if name not in known:
        yield Diagnostic(
            "environment-unknown",
            phrase("findings.environment-unknown.message", name=name),
            network.value_position(("default_environment",)),
            expected=one_of(known),
            hint=did_you_mean(name, known),
        )


def _databases(network: Parsed, environments: Mapping[str, Mapping[str, str]]) -> Iterator[Diagnostic]:
    for name, settings in environments.items():
        if settings["backend"] == EMBEDDED and ends_like_config(settings["database"]):
            yield Diagnostic(
                "database-is-config",
                phrase("findings.database-is-config.message", file=settings["database"]),
                network.value_position(("environments", name, "database")),
                hint=phrase("findings.database-is-config.hint", file=f".portalsync/{name}.db"),
            )
