"""What `init` has to know: three answers, each checked as the files that hold it will be."""

import unicodedata
from dataclasses import dataclass

from portalsync.catalog.conform import faults, validator
from portalsync.catalog.kinds.localized import LOCALES
from portalsync.catalog.profile import NAME, TIME_ZONE
from portalsync.config.suggest import nearest_zone
from portalsync.config.yaml import parse
from portalsync.errors import InvalidConfig
from portalsync.scaffold.identifier import firm_id
from portalsync.scaffold.quote import quoted

LONGEST_NAME = 80
_CURRENCIES = {
    "Europe/London": "GBP",
    "Europe/Zurich": "CHF",
    "Europe/Vaduz": "CHF",
    "Europe": "EUR",
    "America/Toronto": "CAD",
    "America/Vancouver": "CAD",
    "America": "USD",
}


class UnsuitableAnswer(ValueError):
    """An answer that no configuration could hold; the text says why."""


@dataclass(frozen=True, slots=True)
class Answers:
    name: str
    locales: tuple[str, ...]
    time_zone: str

    @property
    def firm(self) -> str:
        return firm_id(self.name)

    @property
    def currency(self) -> str:
        """That of the time zone, as a guess; else that of the first language."""
        continent = self.time_zone.partition("/")[0]
        guess = "EUR" if self.locales[0] == "de" else "USD"
        return _CURRENCIES.get(self.time_zone) or _CURRENCIES.get(continent, guess)


def firm_name(text: str) -> str:
    """The name of a firm, with single spaces."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name:
        raise UnsuitableAnswer("The name is blank.")
    if len(name) > LONGEST_NAME:
        raise UnsuitableAnswer(f"The name has {len(name)} characters; portals show at most {LONGEST_NAME}.")
    _check_characters(name)
    return name


def _check_characters(name: str) -> None:
    """What the door for YAML refuses, whether as it is or escaped, is refused here already."""
    try:
        parse(f"name: {quoted(name)}".encode("utf-8", "surrogatepass"), "name")
    except InvalidConfig as error:
        raise UnsuitableAnswer(str(error.diagnostics[0].message)) from None
    if [*faults(validator(NAME.kind.schema()), name)]:
        raise UnsuitableAnswer("The name has to be one line of text.")


def languages(text: str) -> tuple[str, ...]:
    """`de, en` -> both, the first one first."""
    found = tuple(dict.fromkeys(text.replace(",", " ").lower().split()))
    unknown = [each for each in found if each not in LOCALES]
    if unknown or not found:
        raise UnsuitableAnswer(f"Choose from {' and '.join(LOCALES)}, or both with a comma: de,en.")
    return found


def time_zone(text: str) -> str:
    """An IANA time zone."""
    zone = text.strip()
    if not [*faults(validator(TIME_ZONE.kind.schema()), zone)]:
        return zone
    near = nearest_zone(zone)
    told = f"Did you mean {near}?" if near else "Write one such as Europe/Berlin."
    raise UnsuitableAnswer(f"There is no such time zone. {told}")
