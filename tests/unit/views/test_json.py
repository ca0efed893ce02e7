"""Results for programs, held to the published formats; and the formats held to the code."""

import json
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.unit.views.hostile import HOSTILE, all_hostile, carrying

from portalsync.catalog.guardrails import limits
from portalsync.diagnostics import Severity, complaint
from portalsync.lexicon import lexicon_of
from portalsync.model.edit import Edit
from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.finding import BrokenPromise, PlanFinding, Stopped
from portalsync.model.firm_plan import Change, FirmPlan, HandEdit, Reason, Rename
from portalsync.model.page import WEB_HOME, PageName, Surface
from portalsync.model.plan import FORMAT_VERSION, HeldParts, Plan
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.model.vanished import Vanished
from portalsync.resources import folder
from portalsync.views.formats.json import diagnostics_json
from portalsync.views.json_text import json_text
from portalsync.views.plan_json import plan_json
from portalsync.views.receipt_json import deviation_of, receipt_json

NAMES = ("findings", "plan", "receipt")
DIGEST = "sha256:" + "0" * 64
FINDING = PlanFinding("expect-broken", {"en": "x"}, {"en": "y"}, "personas/ada.yaml:3:5", before=False)


@cache
def published(name: str) -> dict[str, Any]:
    version = FORMAT_VERSION if name == "plan" else 1
    path = folder("schemas") / f"{name}.v{version}.schema.json"
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def refused(name: str, body: object) -> list[str]:
    """What a published format does not accept."""
    return [error.message for error in Draft202012Validator(published(name)).iter_errors(body)]


def everything(reason: Reason = Reason.SET, kind: EffectKind = EffectKind.CHANGES) -> Plan:
    """A plan with each key filled."""
    change = Change(
        Edit("chat.clients_can_start", before=True, after=False),
        reason,
        "firms/oak.yaml:3:5",
        HandEdit("2026-11-12T10:00:00+00:00", "Dana Reyes"),
    )
    effect = Effect(
        kind, "chat.new_chat", WEB_HOME, {"en": "New chat"}, {"en": (Reading("x", "a", "b"),)},
        ("ada",), everyone=True, since="2027-01-01T00:00:00+00:00", until="2027-02-01T00:00:00+00:00",
    )  # fmt: skip
    changes = (change, Change(Edit("profile.name"), reason, ""))
    firm = FirmPlan(
        "oak", "Oak", 3, 40, changes, (Reach(effect, 40, at_most=True),), ("a",), ("b",), DIGEST, DIGEST
    )
    firm = replace(firm, renames=(Rename("announcements.items.a", "announcements.items.b"),))
    firm = replace(firm, warnings=(FINDING,), broken=(BrokenPromise("ada", FINDING),))
    firm = replace(firm, stays={"b": "kept"}, unseen_instants=1, narrowed=True, back_to=2)
    firms, at = HeldParts((firm,)), "2026-12-01T00:00:00+00:00"
    return Plan(
        environment="local", portal="portal", options={"chat": DIGEST}, config=DIGEST, commit="abc",
        at=at, firms=firms, unchanged=("elm",), unmanaged=("ash",), clients=40, left_out=2,
        limits=limits({}), stopped=(Stopped(FINDING, ("yew",)),), epoch="e1",
        vanished=(Vanished("template", "return", "organizers.templates.return.self_service", ("oak",)),),
    )  # fmt: skip


def document(plan: Plan) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(b"".join(plan_json(plan)))
    return read


def receipt(outcome: Outcome) -> Receipt:
    return Receipt("local", DIGEST, (FirmReceipt("oak", "Oak", outcome, 3, 4, "x"),))


def receipt_document(receipt: Receipt) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(receipt_json(receipt, 0, lexicon_of("en")))
    return read


@pytest.mark.parametrize("name", NAMES)
def test_formats_are_valid_and_closed(name: str) -> None:
    """Each object says whether there may be other keys, and which it cannot do without."""
    Draft202012Validator.check_schema(published(name))
    for each in (published(name), *published(name)["$defs"].values()):
        assert each["additionalProperties"] is False
        assert {*each["required"]} <= each["properties"].keys()


def test_versions_are_the_codes() -> None:
    assert published("plan")["properties"]["format_version"]["const"] == FORMAT_VERSION
    assert published("receipt")["properties"]["format_version"]["const"] == 1
    assert published("findings")["properties"]["format_version"]["const"] == 1


@pytest.mark.parametrize(
    ("name", "definition", "key", "words"),
    [
        ("findings", "finding", "severity", Severity),
        ("plan", "change", "reason", Reason),
        ("plan", "effect", "kind", EffectKind),
        ("plan", "place", "surface", Surface),
        ("plan", "place", "page", PageName),
        ("receipt", "firm_receipt", "outcome", Outcome),
        ("receipt", "effect", "kind", EffectKind),
    ],
)
def test_words_are_the_codes(name: str, definition: str, key: str, words: type[StrEnum]) -> None:
    assert published(name)["$defs"][definition]["properties"][key]["enum"] == sorted(map(str, words))


def test_keys_are_the_codes() -> None:
    """Nothing is written that no format describes, and nothing described that is never written."""
    plan = document(everything())
    assert plan.keys() == published("plan")["properties"].keys()
    firm = plan["firms"][0]
    defined = published("plan")["$defs"]
    for definition, body in (
        ("firm_plan", firm),
        ("rename", firm["renames"][0]),
        ("change", firm["changes"][0]),
        ("plan_finding", firm["warnings"][0]),
        ("broken_promise", firm["broken"][0]),
        ("stopped", plan["stopped"][0]),
        ("edit", firm["changes"][0]["edit"]),
        ("hand_edit", firm["changes"][0]["undoes"]),
        ("reach", firm["effects"][0]),
        ("effect", firm["effects"][0]["effect"]),
        ("reading", firm["effects"][0]["effect"]["readings"]["en"][0]),
    ):
        assert body.keys() == defined[definition]["properties"].keys(), definition
    body = receipt_document(receipt(Outcome.COMMITTED))
    assert {*body, "passed"} == published("receipt")["properties"].keys()  # it is omitted where nothing has
    assert body["firms"][0].keys() == published("receipt")["$defs"]["firm_receipt"]["properties"].keys()
    (found,) = json.loads(diagnostics_json([carrying("x")], lexicon_of("en")))["findings"]
    assert found.keys() == published("findings")["$defs"]["finding"]["properties"].keys()


@pytest.mark.parametrize("kind", EffectKind)
@pytest.mark.parametrize("reason", Reason)
def test_plans_are_as_published(reason: Reason, kind: EffectKind) -> None:
    assert refused("plan", document(everything(reason, kind))) == []


@pytest.mark.parametrize("outcome", Outcome)
def test_receipts_are_as_published(outcome: Outcome) -> None:
    assert refused("receipt", receipt_document(receipt(outcome))) == []


def test_an_end_before_anything_was_sent_is_as_published() -> None:
    plan = everything()
    why = complaint("No.", hint="Go.")
    for now in (None, deviation_of("none", None, plan), deviation_of("none", plan, plan)):
        body = json.loads(receipt_json(Receipt(), 4, lexicon_of("en"), why, now))
        assert refused("receipt", body) == []
        assert (body["result"], body["plan"], body["reason"]) == ("nothing_applied", None, "No.")


@pytest.mark.parametrize("name", NAMES)
def test_formats_refuse(name: str) -> None:
    bodies: dict[str, Any] = {
        "findings": json.loads(diagnostics_json([carrying("x")], lexicon_of("en"))),
        "plan": document(everything()),
        "receipt": receipt_document(receipt(Outcome.UNKNOWN)),
    }
    body = bodies[name]
    assert refused(name, body) == []
    for key in published(name)["required"]:
        assert refused(name, {other: value for other, value in body.items() if other != key})
    assert refused(name, {**body, "format_version": 9})
    assert refused(name, {**body, "more": 1})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_come_back_and_hide_nothing(text: str) -> None:
    """A program reads the very text; who looks at the file sees what is in it."""
    output = diagnostics_json([carrying(text)], lexicon_of("en"))
    body = json.loads(output)
    assert refused("findings", body) == []
    assert body["findings"][0]["message"] == text
    assert all(char.isprintable() or char in "\n\u200c\u200d" for char in output)
    output.encode()


def test_all_hostile_at_once() -> None:
    assert refused("findings", json.loads(diagnostics_json(all_hostile(), lexicon_of("en")))) == []


def test_readable_letters_stay() -> None:
    assert json_text(["Müller & 日本"]) == '[\n  "Müller & 日本"\n]\n'
