"""What was set can be taken away again, whatever field it is."""

import re
from collections.abc import Iterator
from functools import reduce

import pytest
import yaml
from tests.laws.examples import ENTRY, FACTS, VALUES, layer_of, path_of
from tests.laws.layers import FIRM, Body, Layers, none_of, resolved, upon
from tests.laws.portals import NOW, apply, empty_portal, loaded, part_of
from tests.laws.worlds import World

from portalsync.backend.protocol import Backend
from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.guardrails.cleared_fields import GUARDRAIL as CLEARED
from portalsync.catalog.option import Field, ListField
from portalsync.catalog.unset import UNSET, taking_away
from portalsync.commits import Commit, Committed, Conditional
from portalsync.config.rules import check_rules
from portalsync.diagnostics import Severity
from portalsync.living.drift import find_drift, not_in_files
from portalsync.living.hand_edits import hand_edits, past_of
from portalsync.model.edit import ABSENT, Edit
from portalsync.model.facts import facts_from_json
from portalsync.model.firm_plan import FirmPlan, Reason
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.surveyed import Survey
from portalsync.wire import Origin

WORLD = World(FACTS, (), None, None, Layers(), NOW)
ALL: Body = reduce(upon, (layer_of(pattern, field.examples[0]) for pattern, field in VALUES.items()))
"""Every field with its first example."""


@pytest.mark.parametrize("pattern", FIELDS)
def test_what_was_set_can_be_unset_and_set_again(pattern: str, portal: Backend) -> None:
    """The plan takes away exactly what setting it again brings, as guardrail and history have it too;
    nothing is left to plan afterwards, and what is not set has not drifted.

    Seen to fail when an unset field was left out of the claims: it stayed on the portal.
    """
    before = portal.state(FIRM)
    gone = _applied(_without(pattern), portal)
    live = portal.state(FIRM)
    assert not [path for path in live.settings if f"{path}.".startswith(f"{path_of(pattern)}.")]
    assert {edit.after for edit in gone.edits} == {ABSENT}
    assert make_plan(_without(pattern), portal, "local", NOW).is_empty
    assert not hand_edits(live, past_of(portal, live))
    assert portal.history(FIRM)[0].writes == gone.edits
    assert CLEARED.number(gone) == len(gone.edits)
    again = _applied(_config(ALL), portal)
    assert {edit.path: edit for edit in again.edits} == {edit.path: edit.inverse for edit in gone.edits}
    assert portal.state(FIRM).settings == before.settings


def test_a_value_that_stays_is_told_with_what_takes_it_away(portal: Backend) -> None:
    """A change that added a telephone number is reverted: the line goes, the number stays."""
    profile = {key: value for key, value in ALL["profile"].items() if key != "phone"}
    part = _applied(_config({**ALL, "profile": profile}), portal)
    assert (part.changes, part.releases, part.stays) == (
        (),
        ("profile.phone",),
        {"profile.phone": "+49 30 5550100"},
    )


@pytest.mark.parametrize("pattern", [each for each in FIELDS if None in none_of(FIELDS[each], each)])
def test_what_a_plan_offers_takes_exactly_that_away(pattern: str) -> None:
    """The one line, in a firm's file, manages the setting or the list and nothing else, and sets nothing.
    What an entry cannot be without goes with all of the entry.

    Seen to fail when the entry that cannot be without the field was named by the field.
    """
    path = path_of(pattern)
    claim = f"{path}.*" if isinstance(FIELDS[pattern], ListField) else path
    keys, _, value = taking_away(claim).partition(": ")
    said = yaml.safe_load(value)
    for key in reversed(re.findall(r"[\w-]+|\[[\w-]+", keys)):
        said = [{"id": key[1:], **said}] if key[0] == "[" else {key: said}
    desired, _ = resolved(Layers(firm=said))
    field = FIELDS[pattern]
    is_needed = isinstance(field, Field) and field.required
    entry = {each for each in FIELDS if each.rpartition(".")[0] == pattern.rpartition(".")[0]}
    with_it = {path_of(each) for each in entry} if is_needed else {claim}
    assert ({*desired.claims}, desired.settings()) == (with_it, {})


def test_a_value_where_none_is_to_be_is_drift(portal: Backend) -> None:
    """Somebody gives the firm a telephone number again; the plan takes it away, and says what it undoes."""
    path, wanted = "profile.phone", _without("profile.phone")
    _applied(wanted, portal)
    live = portal.state(FIRM)
    commit = Commit(Origin.PORTAL, "somebody", "", {}, (Edit(path, after="+49 30 5550999"),), ())
    [answer] = portal.commit([Conditional(FIRM, live.generation, "by hand", commit)])
    assert isinstance(answer, Committed), answer
    drifted = portal.state(FIRM)
    assert {*hand_edits(drifted, past_of(portal, drifted))} == {path}
    [change] = _applied(wanted, portal).changes
    assert (change.edit, change.reason) == (Edit(path, "+49 30 5550999"), Reason.DRIFT)


def test_a_value_that_was_taken_away_by_hand_is_kept_so_by_unset(portal: Backend) -> None:
    """Drift at first; once the file says it too, there is nothing to plan and no drift."""
    path = "profile.phone"
    live = portal.state(FIRM)
    commit = Commit(Origin.PORTAL, "somebody", "", {}, (Edit(path, live.settings[path]),), ())
    [answer] = portal.commit([Conditional(FIRM, live.generation, "emptied", commit)])
    assert isinstance(answer, Committed), answer
    drift = find_drift(portal, "local")
    assert [change.edit.path for firm in drift.firms for change in firm.changes] == [path]
    kept = _without(path)
    assert not not_in_files(drift, {FIRM: desired_of(kept, FIRM)}).firms
    assert make_plan(kept, portal, "local", NOW).is_empty


def test_what_was_released_can_be_taken_away_later(portal: Backend) -> None:
    """A file that says nothing more lets go of everything; one that comes back with `unset` clears it."""
    left = _applied(_config({}), portal)
    assert (left.managed, left.changes) == ((), ())
    assert left.stays == portal.state(FIRM).settings
    gone = _applied(_config({"profile": {UNSET: True}}), portal)
    assert {edit.path for edit in gone.edits} == {path for path in left.stays if path.startswith("profile.")}
    assert not [path for path in portal.state(FIRM).settings if path.startswith("profile.")]


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with empty_portal(WORLD) as backend:
        yield backend


@pytest.fixture
def portal(backend: Backend) -> Backend:
    """A firm that has the first example of every field, as a plan applied it."""
    plan = make_plan(_config(ALL), backend, "local", NOW)
    apply(plan, backend)
    assert {pattern_of(path) for path in backend.state(FIRM).settings} == {*VALUES}
    return backend


def _config(body: Body) -> Survey:
    return loaded(WORLD.files(Layers(firm=body)))


def _without(pattern: str) -> Survey:
    """All but one field, and but those that cannot be without it, as the rules say."""
    body, unset = ALL, {pattern}
    while unset:
        body = reduce(upon, map(_nothing, sorted(unset)), body)
        unset = {*_broken(body)}
    return _config(body)


def _broken(body: Body) -> Iterator[str]:
    found = check_rules(desired_of(_config(body), FIRM), {}, facts_from_json(FACTS), NOW)
    return (pattern_of(each.path) for each in found if each.severity is Severity.ERROR)


def _nothing(pattern: str) -> Body:
    """A layer that takes away the field; the entry that cannot be without it."""
    field = FIELDS[pattern]
    if isinstance(field, ListField) or not field.required:
        return layer_of(pattern, {UNSET: True})
    entries, _, _ = pattern.rpartition(".*.")
    return layer_of(entries, [{"id": ENTRY, "remove": True}])


def _applied(config: Survey, portal: Backend) -> FirmPlan:
    plan = make_plan(config, portal, "local", NOW)
    apply(plan, portal)
    part = part_of(plan)
    assert part is not None
    return part
