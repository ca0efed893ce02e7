"""What `init` has to know: three answers, each checked as the files that hold it will be."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from portalsync.addresses import service_problem
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.profile import LONGEST_NAME, NAME, TIME_ZONE
from portalsync.config.yaml import parse
from portalsync.config.yaml.scalar import quoted_scalar
from portalsync.diagnostics import complaint
from portalsync.errors import InvalidConfig
from portalsync.lexicon import LOCALES, Text, lexicon_of, phrase
from portalsync.scaffold.identifier import firm_id
from portalsync.suggest import nearest_zone, suggested

_CURRENCIES = {
    "Europe/London": "GBP",
    "Europe/Zurich": "CHF",
    "Europe/Vaduz": "CHF",
    "Europe": "EUR",
    "America/Toronto": "CAD",
    "America/Vancouver": "CAD",
    "America": "USD",
}


_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")
"""Nothing that a workflow's filter or expression would read as something else."""


class UnsuitableAnswer(ValueError):
    """An answer that no configuration could hold: why not, and what to write."""

    def __init__(self, what: Text, hint: Text = "") -> None:
        super().__init__(what)
        self.diagnostic = complaint(what, hint=hint)


@dataclass(frozen=True, slots=True)
class Answers:
    name: str
    locales: tuple[str, ...]
    time_zone: str
    by_hand: bool = False
    """Whether the firm's portal has no API, so that people set it by hand and record it."""
    portal: str = ""
    """The address of a portal with firms of its own, which are to be brought in: then there is no sample."""

    @property
    def firm(self) -> str:
        return firm_id(self.name)

    @property
    def currency(self) -> str:
        """That of the time zone, as a guess; else that of the first language."""
        continent = self.time_zone.partition("/")[0]
        guess = _CURRENCIES.get(self.time_zone) or _CURRENCIES.get(continent)
        return guess or lexicon_of(self.locales[0])("init.guess.currency")


def firm_name(text: str) -> str:
    """The name of a firm, with single spaces."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name:
        raise UnsuitableAnswer(phrase("help.answer.blank"))
    if len(name) > LONGEST_NAME:
        raise UnsuitableAnswer(phrase("help.answer.long", length=len(name), most=LONGEST_NAME))
    _check_characters(name)
    return name


def _check_characters(name: str) -> None:
    """What the door for YAML refuses, whether as it is or escaped, is refused here already."""
    try:
        parse(f"name: {quoted_scalar(name)}".encode("utf-8", "surrogatepass"), "name")
    except InvalidConfig as error:
        raise UnsuitableAnswer(error.diagnostics[0].message) from None
    if [*faults(validator(NAME.kind.schema()), name)]:
        raise UnsuitableAnswer(phrase("help.answer.lines"))


def languages(text: str) -> tuple[str, ...]:
    """`de, en` -> both, the first one first."""
    found = tuple(dict.fromkeys(text.replace(",", " ").lower().split()))
    unknown = [each for each in found if each not in LOCALES]
    if unknown or not found:
        hint = phrase("help.answer.languages.hint", languages=", ".join(LOCALES))
        raise UnsuitableAnswer(phrase("help.answer.languages.message"), hint)
    return found


def time_zone(text: str) -> str:
    """An IANA time zone."""
    zone = text.strip()
    if not [*faults(validator(TIME_ZONE.kind.schema()), zone)]:
        return zone
    near = nearest_zone(zone)
    hint = suggested(near) or phrase("help.answer.zone.hint")
    raise UnsuitableAnswer(phrase("help.answer.zone.message"), hint)


def portal_address(text: str) -> str:
    """Where a portal has its API, as `portalsync.yaml` takes it."""
    address = text.strip()
    if problem := service_problem(address):
        raise UnsuitableAnswer(phrase("help.answer.portal.message"), phrase(f"help.answer.portal.{problem}"))
    return address


def branch_name(text: str) -> str:
    """A branch as it can stand in a workflow."""
    name = text.strip()
    if not _BRANCH.fullmatch(name):
        raise UnsuitableAnswer(phrase("help.answer.branch"))
    return name


def root_folder(text: str) -> Path:
    """A folder, in which `~` is a home."""
    return Path(text.strip()).expanduser()
