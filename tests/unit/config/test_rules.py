"""Which line a rule points at."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.test_cases import CASES, laid_out

from portalsync.config.rules import check_rules
from portalsync.diagnostics import Diagnostic
from portalsync.model.json_value import JSON
from portalsync.pipeline.load import load

ITEMS = "announcements.items"
LIVE = {"closed", *(f"news-{number}" for number in range(1, 6))}


@pytest.mark.parametrize("added", sorted(LIVE))
def test_of_too_many_announcements_the_one_that_the_portal_does_not_have_is_blamed(
    added: str, tmp_path: Path
) -> None:
    """Seen to fail when it was the last by its id."""
    laid_out(CASES / "announcements-too-many-by-the-firm", tmp_path / "config")
    loaded = load(tmp_path / "config")
    live: dict[str, JSON] = {f"{ITEMS}.{each}.title": {"en": "Old"} for each in LIVE - {added}}
    facts, at = loaded.config.facts["oak"], datetime(2026, 12, 1, tzinfo=UTC)
    (found,) = _too_many([*check_rules(loaded.desired["oak"], live, facts, at)])
    assert found.path == f"{ITEMS}.{added}.title"


def _too_many(found: list[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.code == "announcements-too-many"]
