"""Ids from names that people and prank callers give."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.catalog.kinds.basic import IDENTIFIER_PATTERN
from portalsync.config.expectations import EVERY_FIRM
from portalsync.scaffold.identifier import firm_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Müller & Söhne", "mueller-soehne"),
        ("Mu\u0308ller", "mueller"),
        ("GROẞ & ÖZGÜR", "gross-oezguer"),
        ("Café d'Été S.à r.l.", "cafe-dete-s-a-r-l"),
        ("İstanbul Łódź Ærø", "istanbul-lodz-aeroe"),
        ('Harlow: "Pike" #1', "harlow-pike-1"),
        ("𝓚anzlei ①", "kanzlei-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("🎉🎉", "firm"),
        ("税理士法人", "firm"),
        ("---", "firm"),
        ("All", "all-firm"),
        ("CON", "con-firm"),
        ("com1", "com1-firm"),
    ],
)
def test_an_id_reads_like_the_name(name: str, expected: str) -> None:
    assert firm_id(name) == expected


def test_a_long_name_ends_with_a_whole_word() -> None:
    assert firm_id("Steuerberatungsgesellschaft " * 4) == "steuerberatungsgesellschaft"
    assert firm_id("x" * 200) == "x" * 50
    assert firm_id("x" * 49 + " and more") == "x" * 49


def test_no_firm_is_called_like_all_firms() -> None:
    assert firm_id(EVERY_FIRM) != EVERY_FIRM


@given(st.text(max_size=200))
def test_every_name_gives_an_id_that_the_schema_takes(name: str) -> None:
    assert re.fullmatch(IDENTIFIER_PATTERN, firm_id(name))
