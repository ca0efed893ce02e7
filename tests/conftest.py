"""The option that rewrites what cases expect, for review."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="Write what the cases give now into their expected.txt; read the diff before committing it.",
    )
