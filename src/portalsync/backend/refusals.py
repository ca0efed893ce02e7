"""Who hears at once that nobody listens where a portal should be."""

from collections.abc import Callable
from contextvars import ContextVar


def _nobody_hears(_seconds: float) -> None:
    """The error at the end says so too."""


on_refusal: ContextVar[Callable[[float], None]] = ContextVar("on_refusal", default=_nobody_hears)
"""Called once a question, with the seconds for which it is asked again: the portal may be restarting, but
whoever mistyped the port need not wait to hear of it.
"""
