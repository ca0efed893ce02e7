"""A portal without an API: it is read like any other, and nothing is written that nobody did by hand."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from tests.by_hand import MANUAL, NOW, SEEN, clicks_of, config, plan_of, portal_of

from portalsync.apply.fresh import check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.connect import connected
from portalsync.backend.protocol import Reader
from portalsync.commits import Commit, Conditional
from portalsync.config.discover import discover
from portalsync.errors import BackendError, CommitRefused, FirmUnknown, PortalsyncError
from portalsync.model.click_list import StepOutcome, StepResult
from portalsync.model.edit import Edit
from portalsync.model.plan import Plan
from portalsync.pipeline.load import seed_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.survey import survey
from portalsync.record.by_hand import connect, folder_of
from portalsync.record.firm_record import Ticked
from portalsync.record.sitting import sit_down
from portalsync.wire import Origin

__all__ = ["config"]


def done(config: Path, plan: Plan) -> None:
    """All of a plan, ticked."""
    portal = portal_of(config)
    for firm in plan.firms:
        before = portal.record(firm.id)
        portal.keep(before.with_ticked(Ticked(plan.digest, firm.edits, firm.managed), SEEN), before)


def test_what_was_ticked_is_live_and_then_nothing_is_left_to_do(config: Path) -> None:
    plan = plan_of(config)
    assert not (config / "portal-record").exists()
    done(config, plan)
    after = plan_of(config)
    assert [*after.firms] == []
    assert {each.id: each.generation for each in portal_of(config).firms()} == {"elm": 2, "oak": 2}
    assert after.portal == plan.portal


def test_who_looked_and_saw_something_else_has_changed_it_in_history(config: Path) -> None:
    done(config, plan_of(config))
    portal = portal_of(config)
    before = portal.record("oak")
    chat = next(edit for edit in before.history[-1].writes if edit.path == "chat.clients_can_start")
    off = type(chat)(chat.path, chat.after, after=False)
    portal.keep(before.with_seen((off,), (), SEEN), before)
    (firm,) = plan_of(config).firms
    assert [(edit.path, edit.before, edit.after) for edit in firm.edits] == [(chat.path, False, True)]
    newest, *_ = portal.history("oak")
    assert (newest.origin, newest.actor) == (Origin.PORTAL, "Anna Berg")
    assert portal.state("oak", 2).settings[chat.path] is True


def test_it_answers_what_a_portal_with_an_api_would(config: Path) -> None:
    """Seen to fail for claims in another order."""
    seed = seed_of(survey(discover(config)))
    with connected("embedded", {"database": ".portalsync/portal.db"}, config, seed) as other:
        plan = make_plan(survey(discover(config)), other, "local", NOW)
        apply_plan(check_fresh(plan, other), other, "Anna Berg")
        by_hand = plan_of(config)
        sitting = sit_down(
            by_hand, clicks_of(by_hand), portal_of(config), frozenset({"oak", "elm"}), lambda: SEEN
        )
        for step in sitting.left:
            sitting.note(StepResult(step.id, StepOutcome.DONE, SEEN.by, SEEN.at))
        assert _answers(portal_of(config)) == _answers(other)


def _answers(portal: Reader) -> list[object]:
    """What every portal answers alike: but for its plan's name, when that was, and what seals it."""
    told: list[object] = []
    for firm in ("elm", "oak"):
        told += [replace(portal.state(firm, at), audit="", plan="") for at in (1, 2, None)]
        told += [replace(entry, at="", plan="") for entry in portal.history(firm)]
        told += [{**row, "at": "", "plan": "", "hash": "", "previous": ""} for row in portal.audit(firm)]
        told.append(portal.facts(firm))
    return told


def test_no_commit_is_recorded_that_nobody_did(config: Path) -> None:
    commit = Commit(Origin.PLAN, "ci", "sha256:1", {}, (), ())
    with pytest.raises(CommitRefused):
        portal_of(config).commit([Conditional("oak", 1, "key", commit)])
    assert not (config / "portal-record").exists()


def test_what_somebody_else_recorded_meanwhile_stays(config: Path) -> None:
    """Seen to fail where a record is written over whatever is there."""
    portal = portal_of(config)
    before = portal.record("oak")
    done(config, plan_of(config))
    with pytest.raises(CommitRefused):
        portal.keep(before.with_seen((), (), SEEN), before)
    assert portal.record("oak").generation == 2


def test_two_who_record_at_once_lose_nothing(config: Path) -> None:
    """Each holds what it does against what is there when it writes. Seen to fail without the lock."""
    done(config, plan_of(config))
    path = "chat.clients_can_start"
    edits = [Edit(path, before=True, after=False), Edit("profile.name", "Oak & Partners", "Oak")]

    def see(edit: Edit) -> None:
        portal = portal_of(config)
        while True:
            before = portal.record("oak")
            with suppress(CommitRefused):
                return portal.keep(before.with_seen((edit,), (), SEEN), before)

    with ThreadPoolExecutor(2) as threads:
        assert [*threads.map(see, edits)] == [None, None]
    record = portal_of(config).record("oak")
    assert (record.generation, record.values[path], record.values["profile.name"]) == (4, False, "Oak")


def test_a_logo_is_a_picture_beside_the_record_once(config: Path) -> None:
    """Seen to fail for a picture that is believed whatever it holds."""
    done(config, plan_of(config))
    (picture,) = (config / "portal-record" / "pictures").iterdir()
    assert picture.read_bytes() == (config / "assets" / "oak.svg").read_bytes()
    assert "base64" not in (config / "portal-record" / "oak.yaml").read_text()
    picture.write_bytes(picture.read_bytes().replace(b"circle", b"script"))
    with pytest.raises(BackendError, match=r"pictures/[0-9a-f]{64}\.svg"):
        connect(MANUAL, config, None).record("oak")


@pytest.mark.parametrize("folder", ["../elsewhere", "firms", "firms/records", ".", "link"])
def test_records_lie_in_a_folder_of_their_own(config: Path, folder: str) -> None:
    (config / "link").symlink_to(config.parent)
    with pytest.raises(PortalsyncError, match="no folder of its own"):
        folder_of({**MANUAL, "record": folder}, config)


def test_two_environments_do_not_share_a_record(config: Path) -> None:
    network = config / "portalsync.yaml"
    text = network.read_text()
    network.write_text(text + "  staging:\n    backend: manual\n")
    with pytest.raises(PortalsyncError, match="local, staging"):
        connect(MANUAL, config, None)
    network.write_text(text + "  staging:\n    backend: manual\n    record: staging-record\n")
    assert connect(MANUAL, config, None).name == "portal-record"


def test_two_networks_are_two_portals(config: Path) -> None:
    before = portal_of(config).portal().portal
    folders = [connect({**MANUAL, "record": each}, config, None).portal().portal for each in ("a/x", "b/x")]
    assert len({before, *folders}) == 3
    network = config / "portalsync.yaml"
    network.write_text(network.read_text().replace("name: Hedgerow Tax", "name: Another"))
    assert portal_of(config).portal().portal != before


def test_what_nobody_recorded_is_told(config: Path) -> None:
    portal = portal_of(config)
    with pytest.raises(FirmUnknown):
        portal.state("nobody")
    with pytest.raises(BackendError, match="generation 7"):
        portal.state("oak", 7)
    (config / "facts" / "oak.yaml").unlink()
    with pytest.raises(BackendError, match="oak's clients"):
        portal_of(config).facts("oak")


def test_records_behind_links_are_neither_read_nor_written(config: Path) -> None:
    """Nothing of what they lead to is told; nothing comes where they lead."""
    plan, secret = plan_of(config), config.parent / "secret"
    record, pictures = config / "portal-record" / "elm.yaml", config / "portal-record" / "pictures"
    record.parent.mkdir()
    for target in ("secret\n", None):
        if target:
            secret.write_text(target)
        record.symlink_to(secret)
        with pytest.raises(BackendError, match=r"elm\.yaml is a link") as refused:
            done(config, plan)
        assert "secret" not in str(refused.value)
        record.unlink()
        secret.unlink(missing_ok=True)
    pictures.symlink_to(config.parent, target_is_directory=True)
    with pytest.raises(BackendError, match="pictures is a link"):
        done(config, plan)
    assert not [*config.parent.glob("*.svg")]
