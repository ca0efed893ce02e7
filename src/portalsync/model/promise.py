"""A promise to a client, and whether it is kept."""

from dataclasses import dataclass

from portalsync.lexicon import Phrase
from portalsync.model.page import Place


@dataclass(frozen=True, slots=True)
class Promise:
    """`persona` must see, or must not see, `block` on a page of `firm`. `reason` says why it is
    missing where it must be seen; `source` is `file:line` of the promise.
    """

    persona: str
    firm: str
    place: Place
    block: str
    must_see: bool
    kept: bool
    reason: Phrase | None
    source: str
