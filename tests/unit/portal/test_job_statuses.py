"""What clients read of a job: by its stages, by the firm's own job status, by what somebody set by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from portalsync.catalog import DEFINITIONS
from portalsync.catalog.broken_rules import broken_rules
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import WEB_HOME, Situation, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.portal.compose import compose

NOW = datetime(2026, 12, 1, tzinfo=UTC)
FACTS = facts_from_json({
    "currency": "EUR",
    "pipelines": [{
        "id": "tax",
        "name": {"en": "Tax"},
        "stages": ["intake", "review"],
        "job_statuses": ["on-hold", "review"],
    }],
})  # fmt: skip
SETTINGS: Mapping[str, JSON] = {
    "work_in_progress.enabled": True,
    **{f"work_in_progress.statuses.{each}.name": {"en": each} for each in ("received", "checked", "waiting")},
    "work_in_progress.pipelines.tax.stages.intake.show": "received",
    "work_in_progress.pipelines.tax.stages.review.show": "checked",
    "work_in_progress.pipelines.tax.job_statuses.on-hold.show": "waiting",
}


def firm(**more: Any) -> Situation:
    return situation_of(
        "oak", {**SETTINGS, **{f"work_in_progress.{k}": v for k, v in more.items()}}, FACTS, NOW
    )


def read(situation: Situation, tags: tuple[str, ...] = (), **job: Any) -> list[str]:
    """The statuses of the client's only job that stand on their home page."""
    client = persona_from_json({
        "id": "ada",
        "title": {"en": "Ada"},
        "client": "Ada",
        "locale": "en",
        "tags": [*tags],
        "jobs": [{"name": {"en": "Tax return"}, "pipeline": "tax", "stages": ["intake", "review"], **job}],
    })  # fmt: skip
    shown = compose(situation, client, WEB_HOME, "en").shown
    return [
        line.meta for each in shown if each.key == "work_in_progress.section" for line in each.content.lines
    ]


def test_a_stage_with_an_audience_leaves_the_last_status_for_all_others() -> None:
    limited = firm(**{"pipelines.tax.stages.review.audience": {"any": ["business"]}})
    assert read(limited, ("business", "landlord")) == ["checked"]
    assert read(limited, ("individual",)) == ["received"]


@pytest.mark.parametrize(
    ("job", "reads"),
    [
        ({}, ["checked"]),
        ({"status": "waiting"}, ["waiting"]),
        ({"status": "waiting", "job_status": "on-hold"}, ["waiting"]),
        ({"status": "hidden"}, []),
        ({"status": "active"}, []),
        ({"job_status": "on-hold"}, ["waiting"]),
        ({"job_status": "on-hold", "stages": []}, ["waiting"]),
        ({"job_status": "review", "stages": ["intake"]}, ["received"]),
        ({"job_status": "of-another-firm"}, ["checked"]),
    ],
)
def test_what_was_done_last_where_the_job_stands_is_what_clients_read(
    job: Mapping[str, Any], reads: list[str]
) -> None:
    """One set by hand before a job status, that before stages. What the firm calls no status, or only the
    portal knows, reaches nobody; a job status that is called like a stage is not that stage.
    """
    assert read(firm(), **job) == reads


def test_a_job_status_may_be_for_some_clients_too() -> None:
    limited = firm(**{"pipelines.tax.job_statuses.on-hold.audience": {"all": ["business"]}})
    assert read(limited, ("business",), job_status="on-hold") == ["waiting"]
    assert read(limited, (), job_status="on-hold") == ["checked"]


def test_a_job_status_that_the_portal_does_not_have_is_an_error_even_where_a_stage_is_called_so() -> None:
    broken = broken_rules(firm(**{"pipelines.tax.job_statuses.intake.show": "waiting"}))
    assert [(rule.code, dict(each.values)) for rule, each in broken] == [
        ("job-status-unknown", {"id": "tax/intake", "known": "on-hold, review"})
    ]


def test_plans_look_at_jobs_at_each_stage_with_each_job_status_and_with_what_only_hands_set() -> None:
    option = next(each for each in DEFINITIONS if each.key == "work_in_progress")
    spare = firm(
        **{"statuses.spare.name": {"en": "Spare"}, "pipelines.tax.job_statuses.review.show": "checked"}
    )
    assert [(job.stages, job.job_status, job.status) for job in option.jobs(spare)] == [
        (("intake",), "", ""),
        (("intake", "review"), "", ""),
        ((), "on-hold", ""),
        ((), "review", ""),
        ((), "", "spare"),
    ]
