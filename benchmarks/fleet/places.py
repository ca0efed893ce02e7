"""Where the fleet's firms are: names, towns and hours of eight countries, in their own letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

EXAMPLE_COUNTRIES = ("germany", "austria", "united-states")
"""Groups that the worked example has already."""


@dataclass(frozen=True, slots=True)
class Country:
    """What firms of a country choose from. `share` is how many of a hundred firms are there."""

    id: str
    share: int
    locale: str
    time_zone: str
    currency: str
    dial: str
    names: Sequence[str]
    seconds: Sequence[str]
    given: Sequence[str]
    forms: Sequence[str]
    towns: Sequence[Sequence[str]]
    streets: Sequence[str]

    @property
    def host(self) -> str:
        return f"www.{self.id}.example"

    @property
    def booking_host(self) -> str:
        return f"booking.{self.id}.example"


COUNTRIES = tuple(
    Country(**each)
    for each in yaml.safe_load(
        (Path(__file__).with_name("templates") / "countries.yaml").read_text(encoding="utf-8")
    )
)
