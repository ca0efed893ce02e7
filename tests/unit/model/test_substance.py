"""Which differences make another change, and which do not."""

from dataclasses import replace

import pytest
from tests.unit.views.test_comment import change, effect, firm, plan

from portalsync.model.canonical import canonical, short_bytes_digest
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.effect import Effect, EffectKind, Reading
from portalsync.model.firm_plan import FirmPlan, HandEdit, Reason
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.page import WEB_HOME
from portalsync.model.plan import HeldParts, Plan
from portalsync.model.substance import beyond, review_digest, substance

BASE = plan(firm())


def other_change(**parts: object) -> Plan:
    return plan(firm(changes=(change(**parts),)))  # type: ignore[arg-type]


def other_effect(**parts: object) -> Plan:
    return plan(firm(effects=(effect(**parts),)))  # type: ignore[arg-type]


SAME = {
    "the instant": replace(BASE, at="2027-01-01T00:00:00+00:00"),
    "the commit": replace(BASE, commit="d" * 40),
    "the files": replace(BASE, config="sha256:9"),
    "firms that stay": replace(BASE, unchanged=("more",), unmanaged=("others",)),
    "how many clients": replace(BASE, firms=HeldParts((firm(clients=413),)), clients=413),
    "generation": plan(firm(generation=9)),
    "the firm's name": plan(firm(name="New name")),
    "promised pages": plan(firm(pages="sha256:9", digest_after="sha256:9")),
    "what is managed besides": plan(
        firm(managed=("appointments.url", "x"), managed_before=("appointments.url", "x"))
    ),
    "the line": other_change(source="defaults.yaml:1:1"),
    "whose edit it undoes": other_change(reason=Reason.DRIFT, undoes=HandEdit("2026-11-12", "Dana")),
    "who was looked at": other_effect(personas=("ada", "bob")),
    "how many notice": other_effect(clients=413, everyone=False),
    "from when on": other_effect(since="2027-02-01T00:00:00+00:00"),
}
OTHER = {
    "environment": replace(BASE, environment="trial"),
    "portal": replace(BASE, portal="q"),
    "options": replace(BASE, options={"appointments": "sha256:9"}),
    "firm": plan(replace(firm(), id="firm-9")),
    "one firm more": plan(firm(), firm(1)),
    "one firm less": plan(),
    "value": other_change(after="https://other.example"),
    "value before": other_change(before=None),
    "true and 1": other_change(after=True),
    "path": plan(
        firm(changes=(replace(change(), edit=Edit("appointments.provider", after="https://new.example")),))
    ),
    "no change": plan(firm(changes=())),
    "adopted": plan(firm(managed_before=())),
    "released": plan(firm(managed=())),
    "kind of effect": other_effect(kind=EffectKind.APPEARS),
    "label": other_effect(labels={"en": "Message"}),
    "label in another language": other_effect(labels={"en": "Message firm", "de": "Nachricht"}),
    "place": other_effect(place=WEB_HOME),
    "what is read": other_effect(readings={"en": (Reading("title", "a", "b"),)}),
    "no effect": plan(firm(effects=())),
}


@pytest.mark.parametrize("name", SAME)
def test_still_the_same_change(name: str) -> None:
    assert review_digest(SAME[name]) == review_digest(BASE)
    assert beyond(SAME[name], BASE).is_empty
    assert beyond(BASE, SAME[name]).is_empty


@pytest.mark.parametrize("name", OTHER)
def test_another_change(name: str) -> None:
    assert review_digest(OTHER[name]) != review_digest(BASE)


@pytest.mark.parametrize("name", [name for name in OTHER if name not in ("environment", "portal", "options")])
def test_a_difference_is_in_one_or_the_other(name: str) -> None:
    assert not (beyond(OTHER[name], BASE).is_empty and beyond(BASE, OTHER[name]).is_empty)


def test_examples_do_not_matter() -> None:
    def showing(text: str) -> Plan:
        return other_effect(readings={"en": (Reading("title", "a", "b"), Reading("lines", "", text))})

    assert review_digest(showing("Tax return 2025")) == review_digest(showing("Tax return 2026"))


def noticed(effect: Effect) -> JSONObject:
    body = encode(effect)
    readings: JSONObject = {
        locale: [encode(each) for each in some if each.what != "lines"]
        for locale, some in effect.readings.items()
    }
    return {**{key: body[key] for key in ("kind", "block", "place", "labels")}, "readings": readings}


def agreed_to(firm: FirmPlan) -> bytes:
    """The long way: all of it encoded at once."""
    changes: list[JSON] = [encode(each) for each in sorted(firm.edits, key=lambda edit: edit.path)]
    effects: list[JSON] = sorted((noticed(each.effect) for each in firm.effects), key=canonical)
    adopts: list[JSON] = [*firm.adopts]
    releases: list[JSON] = [*firm.releases]
    return canonical({"adopts": adopts, "changes": changes, "effects": effects, "releases": releases})


@pytest.mark.parametrize("name", OTHER)
def test_it_is_put_together_to_the_byte(name: str) -> None:
    """A digest that somebody agreed to means the same in every version. Seen to fail when the labels of an
    effect stood before its kind.
    """
    expected = [[each.id, short_bytes_digest(agreed_to(each))] for each in OTHER[name].firms]
    assert substance(OTHER[name])["firms"] == expected
