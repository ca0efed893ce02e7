"""The environments of `portalsync.yaml`, where they cannot be so."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from portalsync.catalog.files.network import EMBEDDED, USED, ends_like_config
from portalsync.config.yaml import Parsed
from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import phrase
from portalsync.suggest import did_you_mean, one_of


def wrong_environments(network: Parsed) -> Iterator[Diagnostic]:
    """Of a file that its schema accepted."""
    data: Any = network.data
    yield from _default(network, data["default_environment"], data["environments"])
    yield from _databases(network, data["environments"])


def idle_settings(network: Parsed) -> Iterator[Diagnostic]:
    """A warning for each that is for another backend. What one from a package goes by, it knows itself."""
    data: Any = network.data
    for name, settings in data["environments"].items():
        backend = settings["backend"]
        used = USED.get(backend, settings)
        yield from (_unused(network, name, key, backend) for key in settings if key not in used)


def _unused(network: Parsed, environment: str, key: str, backend: str) -> Diagnostic:
    return Diagnostic(
        "setting-unused",
        phrase("findings.setting-unused.message", key=key, backend=backend),
        network.key_position(("environments", environment, key)),
        Severity.WARNING,
        hint=phrase("findings.setting-unused.hint"),
    )


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
