"""Which word may have been meant, found within a bound however many there are."""

from tests.steps import steps

from portalsync.suggest import nearest

ALIKE = [f"{'aaaaaaab' * 7}{number}" for number in range(400)]
"""As tags of clients may be in a file that is made for it."""


def test_the_nearest_of_many() -> None:
    assert nearest("Indivdual", [*(f"client-{each}" for each in range(1000)), "individual"]) == "individual"
    assert nearest("xyz", ["individual"]) == ""
    assert nearest("aaaaaaab" * 7 + "39", ALIKE) == "aaaaaaab" * 7 + "39"


def test_words_that_are_all_alike_do_not_keep_it_busy() -> None:
    """Each of them was compared letter by letter: a hundred misspelt tags beside thousands took minutes."""
    assert steps(lambda: nearest("aaaab" * 12, ALIKE)) < 8_000_000
