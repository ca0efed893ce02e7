"""Which line a rule points at."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.test_cases import CASES, laid_out

from portalsync.catalog.legal import IMPRINT, PRIVACY
from portalsync.catalog.options.organizers import TEMPLATES
from portalsync.catalog.profile import NAME, TIME_ZONE
from portalsync.config.rules import check_rules
from portalsync.diagnostics import Diagnostic, Severity
from portalsync.model.json_value import JSON
from portalsync.pipeline.load import config_of, desired_of, load

ITEMS = "announcements.items"
LIVE = {"closed", *(f"news-{number}" for number in range(1, 6))}


@pytest.mark.parametrize("added", sorted(LIVE))
def test_of_too_many_announcements_the_one_that_the_portal_does_not_have_is_blamed(
    added: str, tmp_path: Path
) -> None:
    """Seen to fail when it was the last by its id."""
    laid_out(CASES / "announcements-too-many-by-the-firm", tmp_path / "config")
    known = load(tmp_path / "config")
    live: dict[str, JSON] = {f"{ITEMS}.{each}.title": {"en": "Old"} for each in LIVE - {added}}
    facts, at = config_of(known, "oak").facts["oak"], datetime(2026, 12, 1, tzinfo=UTC)
    (found,) = _too_many([*check_rules(desired_of(known, "oak"), live, facts, at)])
    assert found.path == f"{ITEMS}.{added}.title"


def test_what_the_files_break_without_a_word_about_it_stands_at_the_firms_file(tmp_path: Path) -> None:
    """They set the time zone alone. In it, the announcement that somebody made by hand starts at 3:30."""
    laid_out(CASES / "announcements-too-many-by-the-firm", tmp_path / "config")
    known = load(tmp_path / "config")
    oak = desired_of(known, "oak")
    zone = {"profile.time_zone": oak.values["profile.time_zone"]._replace(value="Europe/Berlin")}
    desired = replace(oak, values=zone, claims={}, statements=())
    times: dict[str, JSON] = {"starts": "2027-03-28T02:30", "ends": "2027-03-28T03:15"}
    live: dict[str, JSON] = {f"{ITEMS}.walk.{key}": each for key, each in times.items()}
    facts, at = config_of(known, "oak").facts["oak"], datetime(2026, 12, 1, tzinfo=UTC)
    (found,) = [each for each in check_rules(desired, live, facts, at) if each.severity is Severity.ERROR]
    assert (found.code, str(found.position)) == ("announcement-ends-before-start", "firms/oak.yaml")
    live["profile.time_zone"] = "Europe/Berlin"
    assert [*check_rules(desired, live, facts, at)] == [], "it was so before, and nothing here is about it"


@pytest.mark.parametrize("there", [TEMPLATES.limit - 1, TEMPLATES.limit])
def test_a_list_that_grows_too_long_with_what_stands_on_the_portal_is_an_error(
    there: int, tmp_path: Path
) -> None:
    """The portal would refuse it: seen to fail when only the entries that files name were counted."""
    laid_out(CASES / "announcements-too-many-by-the-firm", tmp_path / "config")
    known = load(tmp_path / "config")
    oak, facts = desired_of(known, "oak"), config_of(known, "oak").facts["oak"]
    path = f"{TEMPLATES.path}.rental-property.self_service"
    set_here = {path: oak.values["profile.time_zone"]._replace(path=path, value=True)}
    desired = replace(oak, values=set_here, claims={}, statements=())
    live: dict[str, JSON] = {f"{TEMPLATES.path}.t-{each}.self_service": False for each in range(there)}
    found = [*check_rules(desired, live, facts, datetime(2026, 12, 1, tzinfo=UTC))]
    assert [each.code for each in found] == ["schema-maxitems"] * (there == TEMPLATES.limit)
    assert all(each.position == oak.values["profile.time_zone"].position for each in found)


def _too_many(found: list[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.code == "announcements-too-many"]


def test_an_imprint_that_only_the_portal_has_is_not_asked_for(tmp_path: Path) -> None:
    """Nor is one of a firm whose name the files do not manage: they answer for no more than they say."""
    laid_out(CASES / "valid", tmp_path / "config")
    known = load(tmp_path / "config")
    oak, facts = desired_of(known, "oak"), config_of(known, "oak").facts["oak"]
    own = {path: each for path, each in oak.values.items() if path != TIME_ZONE.path}
    named = replace(oak, values=own, claims={}, statements=())
    partly = replace(named, values={path: each for path, each in own.items() if path != NAME.path})
    live: dict[str, JSON] = {NAME.path: "Oak", TIME_ZONE.path: "Europe/Berlin"}
    links: dict[str, JSON] = {each.path: {"en": "https://oak.example/"} for each in (IMPRINT, PRIVACY)}
    at = datetime(2026, 12, 1, tzinfo=UTC)
    asked = [
        [each.code for each in check_rules(desired, settings, facts, at)]
        for desired, settings in ((named, live), (named, live | links), (partly, live))
    ]
    assert asked == [["legal-links-missing"], [], []]
