from datetime import date
from decimal import Decimal

from portalsync.model.page import Money
from portalsync.portal.figures import day_text, money_text


def test_money_in_the_language_of_its_reader() -> None:
    assert money_text(Money(Decimal("1240.50"), "EUR"), "de") == "1.240,50\xa0€"
    assert money_text(Money(Decimal("1240.50"), "EUR"), "en") == "€1,240.50"
    assert money_text(Money(Decimal(150), "USD"), "en") == "$150.00"


def test_days_in_the_language_of_their_reader() -> None:
    assert day_text(date(2026, 12, 5), "de") == "5. Dezember 2026"
    assert day_text(date(2026, 12, 5), "en") == "December 5, 2026"
