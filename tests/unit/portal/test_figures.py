from portalsync.portal.figures import day, is_day, money


def test_money_in_the_language_of_its_reader() -> None:
    assert money("1240.50 EUR", "de") == "1.240,50\xa0€"
    assert money("1240.50 EUR", "en") == "€1,240.50"
    assert money("150 USD", "en") == "$150.00"


def test_what_is_no_amount_stays_as_it_is() -> None:
    assert money("on request", "en") == "on request"
    assert money("", "de") == ""


def test_days_in_the_language_of_their_reader() -> None:
    assert day("2026-12-05", "de") == "5. Dezember 2026"
    assert day("2026-12-05", "en") == "December 5, 2026"


def test_what_is_no_day_stays_as_it_is() -> None:
    assert day("soon", "en") == "soon"
    assert is_day("2026-12-05")
    assert not is_day("2026-02-30")
