"""Firms as the laws meet them: facts, sample clients, what is live, what the layers say, an instant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from portalsync.config.resolve import resolve
from portalsync.config.rules import check_rules
from portalsync.diagnostics import Severity
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.settings import Settings
from tests.laws.layers import FIRM, Layers, layers, read, without
from tests.laws.values import IDS, localized, tags

_LOCALES = st.sampled_from(("en", "de"))
_NAMES = localized()
_DAYS = st.sampled_from(("2026-03-01", "2026-12-24"))
_AMOUNTS = st.sampled_from(("0", "12", "1240.50"))
_SOME_IDS = st.lists(st.sampled_from(IDS), min_size=2, unique=True)

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


def facts() -> st.SearchStrategy[JSONObject]:
    methods = st.lists(st.sampled_from(("card", "bank_debit")), min_size=1, unique=True)
    provider = st.fixed_dictionaries(
        {"id": st.just("pay"), "connected": _mostly(), "default": _mostly(), "methods": methods}
    )
    template = st.fixed_dictionaries({"name": _NAMES, "questions": st.sampled_from((0, 3, 12))})
    pipeline = st.fixed_dictionaries({"name": _NAMES, "stages": _SOME_IDS})
    segment = st.fixed_dictionaries({"tags": tags(), "locale": _LOCALES, "clients": st.integers(0, 400)})
    booking = st.lists(st.sampled_from(("calendly", "acuity", "custom")), min_size=1, unique=True)
    return st.fixed_dictionaries(
        {
            "apiVersion": st.just("portalsync/v1"),
            "kind": st.just("Facts"),
            "firm": st.just(FIRM),
            "currency": st.sampled_from(("EUR", "USD")),
            "invoices_hidden": _mostly().map(lambda shown: not shown),
            "payment_providers": st.lists(provider, min_size=1, max_size=1),
            "booking_integrations": booking,
            "organizer_templates": _with_ids(template),
            "pipelines": _with_ids(pipeline),
            "segments": st.lists(segment, max_size=5),
        }
    )


def personas(most: int = 2) -> st.SearchStrategy[tuple[JSONObject, ...]]:
    job = st.fixed_dictionaries({"name": _NAMES, "pipeline": st.sampled_from(IDS), "stages": _SOME_IDS})
    invoice = {
        "number": st.just("R-1"),
        "subject": _NAMES,
        "amount": _AMOUNTS,
        "due": _DAYS,
        "paid": st.booleans(),
    }
    entries = st.lists(st.fixed_dictionaries({"name": _NAMES, "date": _DAYS}), max_size=1)
    todo = st.fixed_dictionaries(
        {"kind": st.sampled_from(("pay_invoice", "chat_task", "esign_proposal")), "subject": _NAMES},
        optional={"amount": _AMOUNTS, "due": _DAYS},
    )
    one = st.fixed_dictionaries(
        {
            "apiVersion": st.just("portalsync/v1"),
            "kind": st.just("Persona"),
            "title": _NAMES,
            "client": st.sampled_from(("Ada Client", "Bäckerei <Müller> & Söhne")),
            "locale": _LOCALES,
            "tags": tags(),
            "todos": st.lists(todo, max_size=2),
            "jobs": st.lists(job, max_size=2),
            "credit": _AMOUNTS,
            "invoices": st.lists(st.fixed_dictionaries(invoice), max_size=2),
            "documents": entries,
            "chats": entries,
            "organizers": entries,
        }
    )
    several = st.lists(one, max_size=most)
    return several.map(
        lambda found: tuple({**each, "id": f"client-{index}"} for index, each in enumerate(found))
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    known, at = draw(facts()), draw(MOMENTS)
    clients = draw(personas())
    before = draw(st.none() | layers())
    edits = draw(st.none() | layers())
    return World(
        facts=known,
        personas=clients,
        before=before and fitting(before, known, {}, at),
        edits=edits,
        after=draw(layers()),
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
        wanted = replace(wanted, firm=firm)


def _mostly() -> st.SearchStrategy[bool]:
    return st.sampled_from((True, True, True, False))


def _with_ids(made: st.SearchStrategy[JSONObject]) -> st.SearchStrategy[list[JSONObject]]:
    return st.tuples(*(made for _ in IDS)).map(
        lambda found: [{"id": id_, **each} for id_, each in zip(IDS, found, strict=True)]
    )
