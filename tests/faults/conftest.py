"""A portal with a past, to be damaged; and how thoroughly."""

import shutil
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.cli.conftest import AT, DATABASE, call, cli, own_environment, planned

from portalsync.model.edit import Edit
from portalsync.server.embedded import open_embedded
from portalsync.wire import Commit, Committed, Conditional, Origin

__all__ = ["cli", "own_environment", "planned"]  # fixtures


@pytest.fixture(scope="session")
def used(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal to which a plan was applied, and on which somebody then changed what that had set."""
    folder = tmp_path_factory.mktemp("used") / "world"
    shutil.copytree(planned, folder)
    config = f"--config={folder / 'portal-config'}"
    assert call("apply", str(folder / "plan.json"), config).code == 0
    portal = open_embedded(folder / DATABASE)
    live = portal.state("oak")
    path = next(path for path, value in live.settings.items() if isinstance(value, bool))
    edit = Edit.between(path, live.settings, {path: not live.settings[path]})
    commit = Commit(Origin.PORTAL, "Dana Reyes", "", {}, (edit,), ())
    assert isinstance(portal.commit([Conditional("oak", 2, "by-hand", commit)])[0], Committed)
    portal.close()
    assert call("plan", config, AT, f"--out={folder / 'plan.json'}").code == 0
    return folder


_NUMBERS = count()


@pytest.fixture
def world(used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to stand in."""
    return fresh_world(used, tmp_path, monkeypatch)


def fresh_world(used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another one, for the next fault."""
    folder = tmp_path / f"world-{next(_NUMBERS)}"
    shutil.copytree(used, folder)
    monkeypatch.chdir(folder)
    return folder


Some = Callable[[Sequence[Any], int], Sequence[Any]]


@pytest.fixture
def some(request: pytest.FixtureRequest) -> Some:
    """So many of the faults at so many points, the same in each run; all of them with `make faults`."""
    if request.config.getoption("--all-faults"):
        return lambda points, _most: points
    return lambda points, most: Random(17).sample(points, min(most, len(points)))  # noqa: S311 - no secret
