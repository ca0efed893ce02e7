"""Firms that a plan leaves alone because something is wrong with them."""

from collections.abc import Sequence

from portalsync.errors import FirmsStopped
from portalsync.lexicon import counted, phrase
from portalsync.planning.guardrails import first_firms


def check_stopped(firms: Sequence[str]) -> None:
    """FirmsStopped if there are any: what a command did for the others is done, but that is not all."""
    if firms:
        raise FirmsStopped(
            counted("errors.stopped.message", len(firms), firms=first_firms(firms)),
            phrase("errors.stopped.hint"),
        )
