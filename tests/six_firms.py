"""Six firms, of which one says something of its own, one is stopped, one has no facts here; and what comes of
them. Tests take `config` and `expected` from here.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.base_firms import network_of

from portalsync.backend.connect import connected_to_read
from portalsync.config.discover import discover
from portalsync.pipeline import run, survey
from portalsync.pipeline.load import seed_of
from portalsync.pipeline.workers import HERE, Workers
from portalsync.planning.planfile import write_plan
from portalsync.server.in_process import open_embedded

FIRMS = ("ash", "beech", "elm", "fir", "larch", "oak")
NOTICE = """\
  announcements:
    items:
      - id: hello
        audience: {any: [nobody]}
        title: {en: Hello}
        body: {en: Come in.}
"""
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
Outcome = tuple[list[str], bytes]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The firms' files, and their portal beside them."""
    config = tmp_path_factory.mktemp("network") / "portal-config"
    network_of(config, FIRMS[:-1])
    known = survey.survey(discover(config))
    open_embedded(config.parent / "portal.db", seed_of(known), lambda: NOW).close()
    elm, fir, larch = (config / "firms" / f"{firm}.yaml" for firm in ("elm", "fir", "larch"))
    elm.write_text(elm.read_text() + "  chat: {clients_can_start: false}\n")
    fir.write_text(fir.read_text().replace("method: card", "method: {unset: true}"))
    larch.write_text(larch.read_text() + NOTICE)
    (config / "facts" / "ash.yaml").unlink()
    return config


def outcome(config: Path, workers: Workers) -> Outcome:
    """What is found, and the plan."""
    known = survey.survey(discover(config), workers, survey.Question(NOW))
    found = [repr(each) for each in known.findings(known.firms)]
    with connected_to_read("embedded", {"database": "portal.db"}, config.parent, seed_of(known)) as portal:
        plan = run.make_plan(known, portal, "production", NOW)
    return found, b"".join(write_plan(plan))


@pytest.fixture(scope="module")
def expected(config: Path) -> Outcome:
    found, plan = outcome(config, HERE)
    assert len(found) == 1
    assert b'"stopped"' in plan
    return found, plan
