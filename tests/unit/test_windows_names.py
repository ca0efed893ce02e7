"""Which names Windows cannot have, as its own documents list them."""

import pytest

from portalsync.windows_names import as_on_windows, fits_windows


@pytest.mark.parametrize(
    "name",
    ["con", "nul.yaml", "AUX.svg", "com1", "lpt9.tar.gz", "con .txt", "oak.", "oak ", "a:b", "what?.db"],
)
def test_names_that_windows_cannot_have(name: str) -> None:
    assert not fits_windows(name)


@pytest.mark.parametrize("name", ["console", "com", "com10", "auxiliary.yaml", "a.con", "..", ".", ""])
def test_names_that_only_look_like_it(name: str) -> None:
    assert fits_windows(name)


def test_a_page_of_a_firm_that_is_called_like_a_device_lies_where_windows_has_it() -> None:
    assert as_on_windows("con/aux/de/web-home.html") == "con_/aux_/de/web-home.html"
    assert as_on_windows("oak/ida/de/web-home.html") == "oak/ida/de/web-home.html"
