"""A portal with a past, to be damaged; and how thoroughly."""

import shutil
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.cli.conftest import AT, DATABASE, call, cli, own_environment, planned

from portalsync.commits import Commit, Committed, Conditional
from portalsync.model.edit import Edit
from portalsync.server.in_process import open_embedded
from portalsync.wire import Origin

Fresh = Callable[[], Path]
__all__ = ["cli", "own_environment", "planned"]  # fixtures


@pytest.fixture(autouse=True)
def nobody_pulls_the_plug() -> None:
    """Somebody may: portals write as they always do."""


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
    assert call("backup", config, str(folder / "old.db")).code == 0
    return folder


@pytest.fixture
def fresh(used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fresh:
    """Makes a copy of it to stand in, another one for each fault."""
    numbers = count()

    def made() -> Path:
        folder = tmp_path / f"world-{next(numbers)}"
        shutil.copytree(used, folder)
        monkeypatch.chdir(folder)
        return folder

    return made


@pytest.fixture
def world(fresh: Fresh) -> Path:
    """One copy."""
    return fresh()


Some = Callable[[Sequence[Any], int], Sequence[Any]]


_MORE = 25
"""How many times as many `make faults` tries, so that it ends within minutes."""


@pytest.fixture
def some(request: pytest.FixtureRequest) -> Some:
    """So many of the faults at so many points, the same in each run; many more with `--more-faults`."""
    times = _MORE if request.config.getoption("--more-faults") else 1
    return lambda points, most: Random(17).sample(points, min(most * times, len(points)))  # noqa: S311 - no secret
