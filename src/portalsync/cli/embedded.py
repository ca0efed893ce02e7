"""The database of the portal inside the program."""

from pathlib import Path

from portalsync.catalog.files.network import EMBEDDED, MANUAL
from portalsync.cli.workspace import environment_of
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.pipeline.surveyed import Survey
from portalsync.server.embedded import database_of


def embedded_database(known: Survey, root: Path, environment: str | None) -> Path:
    """Where an environment keeps its own portal. PortalsyncError if its portal is elsewhere."""
    name, settings = environment_of(known.network, environment)
    if settings["backend"] == MANUAL:
        by_hand = phrase("errors.embedded.by-hand.message", environment=name)
        raise PortalsyncError(by_hand, phrase("errors.embedded.by-hand.hint"))
    if settings["backend"] != EMBEDDED:
        raise PortalsyncError(
            phrase("errors.embedded.elsewhere.message", environment=name, address=settings.get("url", "")),
            phrase("errors.embedded.elsewhere.hint"),
        )
    return database_of(settings, root)
