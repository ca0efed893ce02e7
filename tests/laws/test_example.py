"""The worked example as a whole: what reviewers looked at is what clients get."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portalsync.apply.fresh import check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.protocol import Backend
from portalsync.model.receipt import Outcome
from portalsync.pipeline.cases import cases_as_desired
from portalsync.pipeline.load import load, seed_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.surveyed import Survey
from portalsync.portal.render import pages
from portalsync.resources import folder
from portalsync.server.in_process import open_embedded

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def example() -> Survey:
    return load(folder("portal-config"))


@pytest.fixture(scope="module")
def applied(example: Survey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    portal = open_embedded(tmp_path_factory.mktemp("portal") / "portal.db", seed_of(example))
    plan = make_plan(example, portal, "local", AT)
    receipt = apply_plan(check_fresh(plan, portal), portal, "a test")
    assert {firm.outcome for firm in receipt.firms} == {Outcome.COMMITTED}
    yield portal
    portal.close()


def test_plan_after_apply_is_empty(example: Survey, applied: Backend) -> None:
    """Once applied, there is nothing left to do for any firm.

    Seen to fail when the plan's digest left out whole lists: no read-back was equal any more.
    """
    plan = make_plan(example, applied, "local", AT)
    assert plan.is_empty
    assert len(plan.unchanged) == len(example.firms)


def test_every_preview_is_the_live_page(example: Survey, applied: Backend) -> None:
    """For every persona of every firm, in every language, the portal serves the previewed bytes.

    Seen to fail when the server composed every page in English.
    """
    personas = tuple(example.shared.personas.values())
    compared = 0
    for case in cases_as_desired(example, applied, AT, example.firms):
        for name, html in pages(case.after, personas):
            firm, persona, locale, file = Path(name).parts
            assert applied.page(firm, persona, locale, file, AT) == html.encode(), name
            compared += 1
    assert compared > len(example.firms) * len(personas) * 8
