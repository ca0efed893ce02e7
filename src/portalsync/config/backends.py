"""The backends of environments, held against those that are installed."""

from collections.abc import Iterator

from portalsync.catalog.files.network import OWN_BACKENDS
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import phrase
from portalsync.suggest import did_you_mean, one_of


def unknown_backends(config: ValidConfig) -> Iterator[Diagnostic]:
    """A warning for each that is not here: only a command that goes to such a portal cannot do without."""
    foreign = [
        (name, settings["backend"])
        for name, settings in config.network.data["environments"].items()
        if settings["backend"] not in OWN_BACKENDS
    ]
    if not foreign:
        return
    from portalsync.backend.installed import installed  # noqa: PLC0415 - 10 ms, and most have none

    known = installed()
    for name, backend in foreign:
        if backend not in known:
            yield Diagnostic(
                "backend-unknown",
                phrase("findings.backend-unknown.message", name=backend),
                config.network.parsed.value_position(("environments", name, "backend")),
                Severity.WARNING,
                expected=one_of(known),
                hint=did_you_mean(backend, known) or phrase("findings.backend-unknown.hint"),
            )
