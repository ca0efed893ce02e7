"""What the embedded portal is filled with: copies of the facts, and the sample clients."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portalsync.model.json_value import JSON


@dataclass(frozen=True, slots=True)
class Seed:
    """`firms`: facts by firm id. `personas`: sample clients by their id. Both as their documents."""

    firms: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
    personas: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
