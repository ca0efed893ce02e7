"""A network taken over: what its firms have in common goes into a layer that they share."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.base_firms import network_of

from portalsync.backend.protocol import Backend
from portalsync.commits import Commit, Committed, Conditional
from portalsync.config.discover import discover
from portalsync.errors import BackendError
from portalsync.files import write_files
from portalsync.living.in_common import in_common
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.pipeline.load import seed_of
from portalsync.pipeline.pull import Wish, pull
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.survey import survey
from portalsync.server.in_process import open_embedded
from portalsync.wire import Origin

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRMS = ("ash", "elm", "oak")
SAME: Mapping[str, JSON] = {
    "profile.time_zone": "Europe/Berlin",
    "organizers.templates.rental-property.self_service": True,
    "announcements.items.closed.title": {"en": "Closed"},
    "announcements.items.closed.body": {"en": "We are off."},
}
OWN: Mapping[str, Mapping[str, JSON]] = {
    "ash": {"chat.clients_can_start": False, "profile.name": "Oak", "profile.phone": "+49 30 1"},
    "elm": {"chat.clients_can_start": False, "profile.name": "Oak", "profile.phone": "+49 30 2"},
    "oak": {"chat.clients_can_start": True, "profile.name": "Oak", "profile.phone": "+49 30 3"},
}


def test_most_firms_decide_on_fields_and_all_of_them_on_entries() -> None:
    shared = in_common([{**SAME, **OWN[firm]} for firm in FIRMS])
    assert shared == {**SAME, "chat.clients_can_start": False}
    on: JSON = {"en": "We are on."}
    other: Mapping[str, JSON] = {**SAME, "announcements.items.closed.body": on}
    rest = {path: value for path, value in shared.items() if not path.startswith("announcements.")}
    assert in_common([{**SAME, **OWN["ash"]}, {**SAME, **OWN["elm"]}, {**other, **OWN["oak"]}]) == rest


@pytest.fixture
def portal(tmp_path: Path) -> Backend:
    """Three firms that somebody has set up by hand, and one that nobody has; of their files only
    portalsync.yaml is left.
    """
    config = tmp_path / "portal-config"
    network_of(config, (*FIRMS[:-1], "fir"))
    portal = open_embedded(tmp_path / "portal.db", seed_of(survey(discover(config))), lambda: NOW)
    for firm in FIRMS:
        edits = tuple(Edit(path, after=value) for path, value in {**SAME, **OWN[firm]}.items())
        commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, edits, ())
        (answer,) = portal.commit([Conditional(firm, portal.state(firm).generation, firm, commit)])
        assert isinstance(answer, Committed), answer
    for path in config.rglob("*.yaml"):
        if path.name != "portalsync.yaml":
            path.unlink()
    return portal


def bring(config: Path, portal: Backend, firms: set[str], group: str = "") -> set[str]:
    """Pulled and written; the names of the files that changed."""
    wish = Wish(lambda _kind, _name: "", group=group)
    shared, brought = pull(survey(discover(config)), portal, firms, wish)
    contents = {**shared, **{name: each for firm in brought for name, each in firm.contents.items()}}
    write_files({config / name: content for name, content in contents.items()})
    return {*contents}


def test_a_firm_with_nothing_set_takes_no_part_in_what_others_share(portal: Backend, tmp_path: Path) -> None:
    """A layer would set something there. Seen to fail when it made the layer of all the others empty."""
    config = tmp_path / "portal-config"
    assert "groups/germany.yaml" not in bring(config, portal, {"ash", "fir"}, "germany")
    (config / "firms/ash.yaml").unlink()
    (config / "firms/fir.yaml").unlink()
    assert "groups/germany.yaml" in bring(config, portal, {"ash", "elm", "fir"}, "germany")
    assert "clients_can_start: false" in (config / "groups/germany.yaml").read_text()
    assert "germany" not in (config / "firms/fir.yaml").read_text()
    assert bring(config, portal, {"fir"}, "germany") == set()


def test_what_firms_have_in_common_is_written_once(portal: Backend, tmp_path: Path) -> None:
    config = tmp_path / "portal-config"
    written = bring(config, portal, {"ash", "elm"}, "germany")
    assert "groups/germany.yaml" in written
    assert (
        (config / "groups/germany.yaml").read_text()
        == """apiVersion: portalsync/v1
kind: Group
id: germany

profile:
  time_zone: Europe/Berlin

options:
  announcements:
    items:
      - id: closed
        title: {en: Closed}
        body: {en: We are off.}

  chat:
    clients_can_start: false

  organizers:
    templates:
      - {id: rental-property, self_service: true}
"""
    )
    head = "apiVersion: portalsync/v1\nkind: Firm\nid: {}\ngroups: [germany]\n\nprofile:\n  name: Oak\n"
    assert (config / "firms/ash.yaml").read_text() == head.format("ash") + "  phone: +49 30 1\n"
    assert bring(config, portal, {"oak"}, "germany") == {"firms/oak.yaml", "facts/oak.yaml"}
    oak = (config / "firms/oak.yaml").read_text()
    assert oak == head.format("oak") + "  phone: +49 30 3\n\noptions:\n  chat:\n    clients_can_start: true\n"
    assert bring(config, portal, {*FIRMS}) == set()
    plan = make_plan(survey(discover(config)), portal, "local", NOW)
    assert {(part.id, part.edits, part.effects) for part in plan.firms} == {(firm, (), ()) for firm in FIRMS}


@pytest.mark.parametrize("name", ["../oak", "CON/x", "oak.yaml", "Oak"])
def test_a_firm_that_no_file_can_be_called_is_refused(name: str, portal: Backend, tmp_path: Path) -> None:
    class Renamed:
        """A portal that calls its firm otherwise."""

        def states(self, firms: list[str]) -> list[object]:
            del firms
            return []

        def state(self, firm: str) -> object:
            return replace(portal.state("oak"), id=firm)

        def facts(self, firm: str) -> object:
            del firm
            return portal.facts("oak")

    known = survey(discover(tmp_path / "portal-config"))
    _, firms = pull(known, Renamed(), {name}, Wish(lambda _kind, _name: ""))  # type: ignore[arg-type]  # what is asked
    with pytest.raises(BackendError, match="no file can be called"):
        list(firms)


def test_what_is_lost_of_facts_is_counted(portal: Backend, tmp_path: Path) -> None:
    config = tmp_path / "portal-config"
    bring(config, portal, {"ash"})
    copy = config / "facts" / "ash.yaml"
    more = "".join(f"  - {{id: extra-{number}, name: {{en: Extra}}, questions: 1}}\n" for number in range(4))
    before = copy.read_text()
    copy.write_text(before.replace("organizer_templates:\n", f"organizer_templates:\n{more}"))
    _, firms = pull(survey(discover(config)), portal, {"ash"}, Wish(lambda _kind, _name: "", layer=False))
    [brought] = firms
    assert [(loss.gone, loss.of) for loss in brought.losses] == [(4, 8)]
    assert brought.contents == {"facts/ash.yaml": before.encode()}


@pytest.mark.parametrize("layer", [True, False])
def test_a_file_never_gets_what_another_firm_has(layer: bool, portal: Backend, tmp_path: Path) -> None:  # noqa: FBT001 - pull and facts
    """The file of ash is to be called elm, and the portal has an elm too."""
    config = tmp_path / "portal-config"
    bring(config, portal, {"ash"})
    for folder in ("firms", "facts"):
        file = (config / folder / "ash.yaml").rename(config / folder / "elm.yaml")
        file.write_text(
            file.read_text().replace("id: ash", "id: elm\npreviously: ash").replace(": ash\nc", ": elm\nc")
        )
    known, wish = survey(discover(config)), Wish(lambda _kind, _name: "", layer=layer)
    with pytest.raises(BackendError, match=r"firms/elm\.yaml is the file of its firm ash"):
        pull(known, portal, {*FIRMS}, wish)
    _, firms = pull(known, portal, {"ash"}, wish)
    assert [each.contents for each in firms] == [{}]
