"""Firms as the laws meet them: facts, sample clients, what is live, what the layers say, an instant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st
from tests.laws.layers import CHANCE, FIRM, WORDY, Layers, layers, read, retouched, without
from tests.laws.values import IDS, LINES, TAGS, localized

from portalsync.catalog import OPTIONS
from portalsync.catalog.kinds.audience import AudienceKind
from portalsync.catalog.option import audience_field
from portalsync.catalog.statuses import HIDDEN
from portalsync.config.resolve import resolve
from portalsync.config.rules import check_rules
from portalsync.diagnostics import Severity
from portalsync.lexicon import LOCALES
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.settings import Settings

T = TypeVar("T")

_NAMES = localized(LINES)
_EXAMPLES = audience_field("").examples
_ALL_TAGS = sorted({*TAGS, *(tag for example in _EXAMPLES for tag in AudienceKind().tags(example))})

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 7, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them naive


@dataclass(frozen=True)
class World:
    """`before` was applied by a plan, then `edits` were made by hand; `after` is to be planned."""

    facts: JSONObject
    personas: tuple[JSONObject, ...]
    before: Layers | None
    edits: Layers | None
    after: Layers
    at: datetime

    def files(self, layers: Layers) -> dict[str, JSON]:
        return {
            **layers.files(),
            f"facts/{FIRM}.yaml": self.facts,
            **{f"personas/{persona['id']}.yaml": persona for persona in self.personas},
        }


def facts(chance: Random) -> JSONObject:
    some = partial(_some, chance)
    return {
        "apiVersion": "portalsync/v1",
        "kind": "Facts",
        "firm": FIRM,
        "currency": chance.choice(("EUR", "USD")),
        "invoices_hidden": chance.random() < 0.1,
        "payment_providers": [
            {
                "id": "pay",
                "connected": chance.random() < 0.9,
                "default": chance.random() < 0.9,
                "methods": some(("card", "bank_debit"), least=1),
            }
        ],
        "booking_integrations": some(("calendly", "acuity", "custom"), least=2),
        "organizer_templates": [
            {"id": id_, "name": chance.choice(_NAMES), "questions": chance.choice((0, 3, 12))} for id_ in IDS
        ],
        "pipelines": [
            {
                "id": id_,
                "name": chance.choice(_NAMES),
                "stages": some(IDS, least=2),
                "job_statuses": some(IDS, least=2),
            }
            for id_ in IDS
        ],
        "segments": _segments(chance),
    }


def _segments(chance: Random) -> list[JSON]:
    """The clients by tags; where the portal counts any, it knows every tag."""
    drawn: list[JSON] = [
        {
            "tags": _some(chance, TAGS),
            "locale": chance.choice(LOCALES),
            "clients": chance.choice((0, 1, 7, 400)),
        }
        for _ in range(chance.randrange(5))
    ]
    return [*drawn, {"tags": [*_ALL_TAGS], "locale": "en", "clients": 0}] if drawn else drawn


def persona(name: str, chance: Random) -> JSONObject:
    some = partial(_some, chance)
    names = chance.choice(_NAMES)
    entries: list[JSON] = [{"name": names, "date": "2026-03-01"}]
    return {
        "apiVersion": "portalsync/v1",
        "kind": "Persona",
        "id": name,
        "title": names,
        "client": chance.choice(("Ada Client", "Bäckerei <Müller> & Söhne")),
        "locale": chance.choice(LOCALES),
        "tags": some(TAGS),
        "todos": some(({"kind": "pay_invoice", "subject": names, "amount": "12.50", "due": "2026-12-24"},)),
        "jobs": [_job(chance, names, id_) for id_ in IDS],
        "credit": chance.choice(("0", "1240.50")),
        "invoices": [
            {"number": "R-1", "subject": names, "amount": "99", "due": "2026-12-24", "paid": paid}
            for paid in some((True, False))
        ],
        "documents": some(entries),
        "chats": some(entries),
        "organizers": some(entries),
    }


def _job(chance: Random, name: JSON, pipeline: str) -> JSONObject:
    """Stages, job statuses and statuses are called alike."""
    by_hand: JSONObject = {"status": chance.choice((*IDS, HIDDEN))} if chance.random() < 0.2 else {}
    given: JSONObject = {"job_status": chance.choice(IDS)} if chance.random() < 0.4 else {}
    return {"name": name, "pipeline": pipeline, "stages": _some(chance, IDS, least=2), **given, **by_hand}


def _some(chance: Random, what: Sequence[T], least: int = 0) -> list[Any]:
    return chance.sample([*what], chance.randint(least, len(what)))


def worlds() -> st.SearchStrategy[World]:
    return st.builds(_world, CHANCE, WORDY, MOMENTS)


def _world(chance: Random, wordy: int, at: datetime) -> World:
    known = facts(chance)
    before = layers(chance, wordy) if chance.random() < 0.7 else None
    return World(
        facts=known,
        personas=tuple(persona(f"client-{index}", chance) for index in range(chance.randrange(3))),
        before=before and fitting(before, known, {}, at),
        edits=layers(chance, 1) if chance.random() < 0.4 else None,
        after=retouched(chance, before) if before and chance.random() < 0.5 else layers(chance, wordy),
        at=at,
    )


def fitting(wanted: Layers, known: Mapping[str, JSON], live: Settings, at: datetime) -> Layers:
    """The layers without what could not be applied: the firm's own layer gives it up, bit by bit."""
    while True:
        config = read(wanted.files())
        desired, findings = resolve(config, FIRM)
        places = [*findings, *check_rules(desired, live, facts_from_json(known), at)]
        broken = [each for each in places if each.severity is Severity.ERROR]
        if not broken:
            return wanted
        firm = wanted.firm
        for finding in broken:
            firm = without(firm, finding.path)
        if firm == wanted.firm:  # what is said of another option does not go with what is live of this one
            firm = {**firm, "options": dict.fromkeys(each.key for each in OPTIONS)}
        wanted = replace(wanted, firm=firm)
