"""Firms that a plan leaves alone because something is wrong with them."""

from collections.abc import Sequence

from portalsync.errors import FirmsStopped
from portalsync.lexicon import counted, phrase
from portalsync.planning.guardrails import first_firms


def check_stopped(firms: Sequence[str]) -> None:
    """FirmsStopped if there are any."""
    if (error := stopping(firms)) is not None:
        raise error


def stopping(firms: Sequence[str]) -> FirmsStopped | None:
    """What a command did for the others is done, but that is not all."""
    if not firms:
        return None
    return FirmsStopped(
        counted("errors.stopped.message", len(firms), firms=first_firms(firms)),
        phrase("errors.stopped.hint"),
    )
