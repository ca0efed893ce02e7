"""Rows of what clients have in the portal, told in a language that there is, amounts and days as they are
written where the firm is.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from portalsync.catalog.kinds.localized import localized
from portalsync.catalog.option import Reads
from portalsync.catalog.profile import LOCALES, TIME_ZONE, written
from portalsync.cldr import cldr_of
from portalsync.model.facts import Localized
from portalsync.model.page import Line, View


def row(view: View, text: Localized, before: str = "", /, **rest: Any) -> Line:
    """A row about `text`, in the language there is."""
    found, lang = localized(text, view.locale, view.settings[LOCALES][0])
    return Line(before + found, lang="" if lang == view.locale else lang, **rest)


def amount(view: View, number: Decimal) -> str:
    return cldr_of(written(view)).amount(number, view.facts.currency)


def day_of(view: View, at: date | None) -> str:
    return "" if at is None else cldr_of(written(view)).day(at, "long")


def due(view: View, at: date | None) -> Mapping[str, str]:
    return {"day": day_of(view, at), "due": "" if at is None else at.isoformat()}


def of_client(name: str, *facts: str, day: bool = False) -> Reads:
    """Entries that are told in a language that there is, with amounts and days as they are written there."""
    return Reads(client=(name,), facts=facts, settings=(LOCALES, TIME_ZONE), day=day)
