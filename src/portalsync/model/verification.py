"""What became of verifying a portal: where what it keeps of its firms does not hold together."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from portalsync.model.annotations import Count, Doc, Omitted


class Flaw(StrEnum):
    """What does not hold."""

    MISSING = "missing"
    """A row of the trail is missing."""
    UNCHAINED = "unchained"
    """A row of the trail does not follow from the one before it."""
    CHANGED = "changed"
    """What a row of the trail says was changed after it was sealed."""
    NUMBER = "number"
    """There are not as many rows in the trail as generations."""
    WRITES = "writes"
    """The generation has other writes than the trail names."""
    SETTINGS = "settings"
    """The generation has other settings than its writes make."""
    END = "end"
    """The trail does not end at the live generation."""
    DIGEST = "digest"
    """The digest that is kept is not that of the live settings."""
    CLAIMS = "claims"
    """It is kept that another number of settings is managed."""
    HEAD = "head"
    """The head of the trail that is kept is not its head."""
    ORDER = "order"
    """A row of the trail stands out of its order."""
    TRUNCATED = "truncated"
    """The trail ends before a row that was kept of it."""
    REPLACED = "replaced"
    """A row of the trail says something else than the one that was kept."""
    ADDED = "added"
    """A row stands before it that the trail did not have when it was kept."""
    REWRITTEN = "rewritten"
    """A row says what it said when it was kept, and what comes before it is sealed anew."""
    GONE = "gone"
    """The portal does not have the firm of which rows were kept."""
    DAMAGED = "damaged"
    """Something that was never written there."""


@dataclass(frozen=True, slots=True)
class FlawAt:
    """Where a firm's data does not hold, and why. `generation` 0: the firm as a whole."""

    generation: int
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class Broken:
    """The same, of a firm."""

    firm: str
    generation: int
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class Verification:
    """Of all firms of one portal; `broken` sorted by firm."""

    format_version: Literal[1] = field(default=1, init=False)
    environment: str
    portal: str
    firms: int
    broken: tuple[Broken, ...]
    without: Annotated[Count, Omitted(), Doc("Firms of which the portal keeps no audit trail.")] = 0
    kept: Annotated[Count, Omitted(), Doc("Rows of an anchor that the trails were held against.")] = 0
