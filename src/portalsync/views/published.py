"""The results that programs read: each with its published JSON Schema, made from its types."""

from collections.abc import Mapping
from typing import Any

from portalsync.catalog.guardrails import LIMITS, RULES
from portalsync.catalog.limit import Limit
from portalsync.catalog.vocabulary import bare
from portalsync.living.drift import Drift
from portalsync.living.explain.line import LineExplained
from portalsync.living.explain.page import PagesExplained
from portalsync.living.explain.setting import SettingsExplained
from portalsync.living.on_portal import FirmOnPortal
from portalsync.living.search import Found
from portalsync.model.click_list import ClickList, RunbookResult
from portalsync.model.conformance import Conformance
from portalsync.model.json_schema import json_schema
from portalsync.model.json_value import JSONObject
from portalsync.model.pulled import Pulled
from portalsync.model.status import Status
from portalsync.model.timeline import Timeline
from portalsync.model.verification import Verification
from portalsync.record.firm_record import FirmRecord
from portalsync.views.formats.json import Findings
from portalsync.views.history_json import DifferenceDocument, HistoryDocument
from portalsync.views.plan_json import PlanDocument
from portalsync.views.receipt_json import ReceiptDocument

_CLICK_LIST = "A plan as what people click on a portal without an API"
_CONFORMANCE = "What `portalsync backend check --format json` prints"
_DRIFT = "What `portalsync drift --format json` prints"
_PLAN = "A plan: what `portalsync plan --format json` and `show --format json` print"
_RECEIPT = "A receipt: what `portalsync apply --format json` prints"
_EXPLAINED_SETTINGS = "What `portalsync explain FIRM SETTING --format json` prints"
_EXPLAINED_LINE = "What `portalsync explain FILE:LINE --format json` prints"
_EXPLAINED_PAGES = "What `portalsync explain FIRM --page PAGE --format json` prints"
_FOUND = "What `portalsync find --format json` prints"
_FINDINGS = "What `portalsync validate --format json` prints"
_ON_PORTAL = "What `portalsync show --live FIRM --format json` prints"
_RECORD = "What is recorded of a firm whose portal is set by hand: `portal-record/<firm>.yaml`"
_HISTORY = "The past of a firm: what `portalsync history --format json` prints"
_DIFFERENCE = "What `portalsync history --diff --format json` prints"
_VERIFICATION = "What `portalsync audit verify --format json` prints"
_RUNBOOK = "What a runbook saves: which steps of a click list are done"
_STATUS = "What `portalsync status --format json` prints"
_PULLED = "What `portalsync pull` and `portalsync facts` print with `--format json`"
_TIMELINE = "What `portalsync timeline --format json` prints"


def published() -> Mapping[str, JSONObject]:
    """By the name of their file in `schemas/`."""
    schemas = {
        "click-list.v1": _schema("click-list.v1", ClickList, _CLICK_LIST),
        "conformance.v1": _schema("conformance.v1", Conformance, _CONFORMANCE),
        "difference.v1": _schema("difference.v1", DifferenceDocument, _DIFFERENCE),
        "drift.v1": _schema("drift.v1", Drift, _DRIFT),
        "explained-line.v1": _schema("explained-line.v1", LineExplained, _EXPLAINED_LINE),
        "explained-pages.v1": _schema("explained-pages.v1", PagesExplained, _EXPLAINED_PAGES),
        "explained-settings.v1": _schema("explained-settings.v1", SettingsExplained, _EXPLAINED_SETTINGS),
        "found.v1": _schema("found.v1", Found, _FOUND),
        "findings.v1": _schema("findings.v1", Findings, _FINDINGS),
        "history.v1": _schema("history.v1", HistoryDocument, _HISTORY),
        "on-portal.v1": _schema("on-portal.v1", FirmOnPortal, _ON_PORTAL),
        "plan.v2": _completed(_schema("plan.v2", PlanDocument, _PLAN)),
        "pulled.v1": _schema("pulled.v1", Pulled, _PULLED),
        "receipt.v1": _schema("receipt.v1", ReceiptDocument, _RECEIPT),
        "record.v1": _schema("record.v1", FirmRecord, _RECORD),
        "runbook.v1": _schema("runbook.v1", RunbookResult, _RUNBOOK),
        "status.v1": _schema("status.v1", Status, _STATUS),
        "timeline.v1": _schema("timeline.v1", Timeline, _TIMELINE),
        "verification.v1": _schema("verification.v1", Verification, _VERIFICATION),
    }
    return {f"{name}.schema.json": schema for name, schema in schemas.items()}


def _schema(name: str, kind: type, title: str) -> JSONObject:
    return json_schema(kind, f"urn:portalsync:format:{name}", title)


def _completed(schema: Any) -> JSONObject:
    """With the rules and limits of the catalogue, which a plan's types leave open."""
    properties, verdict = schema["properties"], schema["$defs"]["verdict"]
    limits = {limit.name: _limit(limit) for limit in LIMITS}
    closed = {"properties": limits, "required": [*limits], "additionalProperties": False}
    rule = {"enum": sorted(RULES)}
    return {
        **schema,
        "properties": {**properties, "limits": {**properties["limits"], **closed}},
        "$defs": {
            **schema["$defs"],
            "verdict": {**verdict, "properties": {**verdict["properties"], "rule": rule}},
        },
    }


def _limit(limit: Limit[Any]) -> JSONObject:
    return {**bare(limit.schema()), "description": limit.description}
