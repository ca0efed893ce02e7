"""A portal without an API: it is read like any other, and nothing is written that nobody did by hand."""

from pathlib import Path

import pytest
from tests.by_hand import MANUAL, SEEN, config, plan_of, portal_of

from portalsync.commits import Commit, Conditional
from portalsync.errors import BackendError, CommitRefused, FirmUnknown, PortalsyncError
from portalsync.model.plan import Plan
from portalsync.record.by_hand import folder_of
from portalsync.record.firm_record import Ticked
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


@pytest.mark.parametrize("folder", ["../elsewhere", "firms", "firms/records", ".", "link"])
def test_records_lie_in_a_folder_of_their_own(config: Path, folder: str) -> None:
    (config / "link").symlink_to(config.parent)
    with pytest.raises(PortalsyncError, match="no folder of its own"):
        folder_of({**MANUAL, "record": folder}, config)


def test_two_networks_are_two_portals(config: Path) -> None:
    before = portal_of(config).portal().portal
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
