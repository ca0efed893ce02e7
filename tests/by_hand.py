"""A network of two firms, oak and elm, whose portal is set by hand. Tests take `config` from here."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.base_firms import network_of

from portalsync.backend.connect import connected_to_read
from portalsync.config.discover import discover
from portalsync.lexicon import Foreign
from portalsync.model.click_list import Action, ClickList, ListedFirm, SettingsPage, Step
from portalsync.model.plan import Plan
from portalsync.pipeline.load import seed_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.survey import survey
from portalsync.record.by_hand import ByHand, connect
from portalsync.record.firm_record import Sighting

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
SEEN = Sighting("Anna Berg", "2026-12-01T09:00:00+00:00")
MANUAL = {"backend": "manual"}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Two firms, oak and elm, whose portal is set by hand."""
    config = tmp_path / "config"
    network_of(config, ("elm",))
    network = config / "portalsync.yaml"
    by_hand = network.read_text().replace("backend: embedded", "backend: manual")
    network.write_text(by_hand.replace("    database: .portalsync/portal.db\n", ""))
    return config


def plan_of(config: Path) -> Plan:
    known = survey(discover(config))
    with connected_to_read("manual", MANUAL, config, seed_of(known)) as portal:
        return make_plan(known, portal, "local", NOW)


def portal_of(config: Path) -> ByHand:
    return connect(MANUAL, config, seed_of(survey(discover(config))))


def clicks_of(plan: Plan) -> ClickList:
    """A step for each edit, all on one page."""
    steps = [
        Step(
            id=f"{firm.id}:{change.edit.path}",
            firm=firm.id,
            page="all",
            setting=change.edit.path,
            is_assumed=False,
            action=Action.SET,
            values=(),
            source=change.source,
            check=Foreign("Look again."),
            edits=(change.edit,),
        )
        for firm in plan.firms
        for change in firm.changes
    ]
    firms = tuple(ListedFirm(firm.id, firm.name) for firm in plan.firms)
    pages = (SettingsPage("all", ("Settings",), is_assumed=False),)
    return ClickList(
        plan=plan.digest,
        environment=plan.environment,
        portal=plan.portal,
        at=plan.at,
        vendor="",
        firms=firms,
        pages=pages,
        steps=tuple(steps),
    )
