"""Limits are said as they are: in the contract, in OpenAPI, and in what codes of findings mean."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from portalsync.backend.client import CONNECTIONS
from portalsync.backend.exchange import LARGEST_ANSWER
from portalsync.backend.retries import Patience
from portalsync.catalog.files.personas import MOST_PERSONAS
from portalsync.catalog.kinds.image import LARGEST_IMAGE
from portalsync.catalog.options.announcements import MOST_AT_ONCE
from portalsync.commits import LONGEST_ACKNOWLEDGEMENT, LONGEST_KEY, MOST_ACKNOWLEDGEMENTS, MOST_IN_BATCH
from portalsync.config.yaml.events import MAX_SCALAR
from portalsync.config.yaml.syntax import MAX_DEPTH
from portalsync.config.yaml.text import MAX_BYTES
from portalsync.diagnostics import MOST_IN_FILE
from portalsync.views.codes import explanations
from portalsync.wire import (
    HIGHEST_GENERATION,
    LARGEST_BODY,
    LONGEST_LINE,
    MOST_IN_PAGE,
    MOST_TOGETHER,
    USUAL_HISTORY,
)

ROOT = Path(__file__).resolve().parents[3]
NUMBERS = {"en": {5: "five"}, "de": {5: "fünf"}}
MB, KB = 1024 * 1024, 1024


MOST_ENTRIES = f"At most {MOST_IN_PAGE}; a larger number counts as {MOST_IN_PAGE}."


@pytest.mark.parametrize(
    "sentence",
    [
        f"at most {MOST_IN_PAGE} firms",
        f"{USUAL_HISTORY} unless told, at most {MOST_IN_PAGE}",
        f"at most {MOST_IN_PAGE} rows",
        f"1 to {LONGEST_KEY} printable ASCII characters",
        f"One line, at most {LONGEST_LINE} characters",
        f"At most {MOST_ACKNOWLEDGEMENTS}, each one line of at most {LONGEST_ACKNOWLEDGEMENT} characters",
        f"takes at most {MOST_IN_BATCH} commits",
        f"of up to {MOST_TOGETHER} firms",
        f"a body over {LARGEST_BODY // MB} MiB",
        f"opens at most {CONNECTIONS} connections",
        f"reads at most {LARGEST_ANSWER // MB} MiB of an answer",
        f"{Patience().deadline:.0f} seconds for a question, all of its tries and the whole of each answer",
    ],
)
def test_the_contract_says_it(sentence: str) -> None:
    assert sentence in (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "limit"),
    [
        ("components.schemas.Key.pattern", f"^[ -~]{{1,{LONGEST_KEY}}}$"),
        ("components.schemas.Line.maxLength", LONGEST_LINE),
        ("components.schemas.Generation.maximum", HIGHEST_GENERATION),
        ("components.schemas.Acknowledged.maxItems", MOST_ACKNOWLEDGEMENTS),
        ("components.schemas.Acknowledged.items.maxLength", LONGEST_ACKNOWLEDGEMENT),
        (
            "components.parameters.Limit.description",
            MOST_ENTRIES,
        ),
    ],
)
def test_openapi_says_it(place: str, limit: object) -> None:
    found = _openapi()
    for step in place.split("."):
        found = found[step]
    assert found == limit


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("firms", [MOST_IN_PAGE, MOST_TOGETHER, MOST_TOGETHER]),
        ("audit", [MOST_IN_PAGE]),
        ("commits", [MOST_IN_BATCH]),
        ("results", [MOST_IN_BATCH]),
    ],
)
def test_openapi_bounds_its_lists(name: str, limits: list[int]) -> None:
    assert [*_lists(_openapi()["paths"], name)] == limits


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("yaml-size", (f"{MAX_BYTES // MB} MB", f"{MAX_SCALAR // KB} KB")),
        ("yaml-depth", (f"{MAX_DEPTH}",)),
        ("file-size", (f"{MAX_BYTES // MB} MB", f"{LARGEST_IMAGE // KB} KB")),
        ("announcements-too-many", (MOST_AT_ONCE,)),
        ("personas-too-many", (f"{MOST_PERSONAS}",)),
        ("more-findings", (f"{MOST_IN_FILE}",)),
    ],
)
def test_what_a_code_means_says_it(code: str, limits: tuple[str | int, ...], locale: str) -> None:
    meaning = explanations(locale)[code].meaning
    assert all((NUMBERS[locale][each] if isinstance(each, int) else each) in meaning for each in limits)


def _openapi() -> Any:
    return yaml.safe_load((ROOT / "schemas" / "openapi.yaml").read_text(encoding="utf-8"))


def _lists(node: Any, name: str) -> Any:
    """`maxItems` of every list that is a property of this name."""
    if isinstance(node, dict):
        found = node.get("properties", {}).get(name, {}) if isinstance(node.get("properties"), dict) else {}
        yield from [found["maxItems"]] if "maxItems" in found else []
        node = [*node.values()]
    if isinstance(node, list):
        for each in node:
            yield from _lists(each, name)
