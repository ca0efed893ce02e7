"""Files for pictures that come from a portal: each owner's own, and pictures only."""

from base64 import b64encode

import pytest

from portalsync.catalog.kinds.image import data_uri
from portalsync.errors import InvalidConfig
from portalsync.living.pull import Pictures

ONE, OTHER = (data_uri(".svg", f"<svg>{text}</svg>".encode()) for text in ("one", "other"))


def test_a_picture_is_called_as_its_owner_is() -> None:
    pictures = Pictures("oak", {})
    assert pictures.name(ONE) == "assets/oak.svg"
    assert pictures.contents() == {"assets/oak.svg": b"<svg>one</svg>"}


def test_a_file_that_holds_it_already_is_not_written() -> None:
    pictures = Pictures("oak", {"assets/oak.svg": ONE})
    assert (pictures.name(ONE), pictures.contents()) == ("assets/oak.svg", {})


@pytest.mark.parametrize("owner", ["oak", "o" * 64])
def test_no_two_owners_mean_the_same_file(owner: str) -> None:
    """Another file is called as the firm is, or the id is too long for a file: what it holds decides."""
    there = {f"assets/{owner}.svg": OTHER}
    name = Pictures(owner, there).name(ONE)
    assert name == Pictures(owner, there).name(ONE)
    assert name not in {
        *there,
        Pictures(f"{owner}-2", {}).name(OTHER),
        Pictures(owner[:-1], there).name(OTHER),
    }
    assert len(name) <= 80


def test_what_is_no_picture_is_refused() -> None:
    png = f"data:image/png;base64,{b64encode(b'<html>').decode()}"
    with pytest.raises(InvalidConfig):
        Pictures("oak", {}).name(png)
