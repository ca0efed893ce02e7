"""A portal that was restored from a backup and changed since is another one, even at the same generation."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli

from portalsync.commits import Commit, Committed, Conditional
from portalsync.model.edit import Edit
from portalsync.server.in_process import open_embedded
from portalsync.wire import Origin

DATABASE = Path("portal-config/.portalsync/portal.db")


def by_hand(path: str) -> None:
    """The firm's next generation."""
    portal = open_embedded(DATABASE)
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (Edit(path, after=True),), ())
    (answer,) = portal.commit([Conditional("oak", portal.state("oak").generation, path, commit)])
    portal.close()
    assert isinstance(answer, Committed), answer


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "oak is at generation 2, as planned, but came there another way"),
        ("de", "oak im Portal zwar bei Fassung 2, wie geplant, aber mit anderer Vorgeschichte"),
    ],
)
def test_a_plan_is_stale_there_at_the_same_generation(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, lang: str, says: str
) -> None:
    monkeypatch.setenv("PORTALSYNC_LANG", lang)
    shutil.copy(DATABASE, "backup.db")
    by_hand("done_uploading.button")
    assert cli("plan", AT, "--out=plan.json").code == 0
    shutil.copy("backup.db", DATABASE)
    by_hand("document_renaming.enabled")
    refused = cli("apply", "plan.json")
    assert refused.code == 4
    assert says in " ".join(refused.err.split())


@pytest.mark.usefixtures("world")
def test_restored_as_it_was_planned_for_it_is_the_same_portal(cli: Cli) -> None:
    by_hand("done_uploading.button")
    assert cli("plan", AT, "--out=plan.json").code == 0
    shutil.copy(DATABASE, "backup.db")
    by_hand("document_renaming.enabled")
    shutil.copy("backup.db", DATABASE)
    assert cli("apply", "plan.json").code == 0
