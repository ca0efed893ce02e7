"""Reviews to open: a firm that switches chats off and edits its news, and one with hostile text."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tests.browser.conftest import BUSY, FACTS, FIRM, HOSTILE, NEW

from portalsync.catalog import SECTIONS
from portalsync.lexicon import lexicon_of, phrase
from portalsync.model.edit import Edit
from portalsync.model.facts import facts_from_json
from portalsync.model.finding import BrokenPromise, PlanFinding, Stopped
from portalsync.model.firm_plan import Change, FirmPlan, Reason
from portalsync.model.guardrails import Verdict
from portalsync.model.json_value import JSON
from portalsync.model.news import NewsFirm
from portalsync.model.page import WEB_HOME, situation_of
from portalsync.model.persona import persona_from_json
from portalsync.model.plan import HeldParts, Plan
from portalsync.model.promise import Promise
from portalsync.planning.effects import noticed
from portalsync.planning.outlook import outlook
from portalsync.preview.review import Review, review
from portalsync.preview.variants import FirmCase
from portalsync.views.review.file import review_html

PEOPLE = facts_from_json(
    {**FACTS.raw, "segments": [{"locale": "de", "clients": 30}, {"locale": "en", "clients": 12}]}
)
AT = datetime(2026, 12, 5, 9, tzinfo=UTC)
EVERYTHING = frozenset(each.key for each in SECTIONS)
PERSONAS = (
    persona_from_json(BUSY),
    persona_from_json(NEW),
    persona_from_json({**NEW, "id": "english", "title": {"en": "Reads English"}, "locale": "en"}),
)
COMING: Mapping[str, JSON] = {
    "announcements.items.february.title": {"de": "Ab Februar", "en": "From February"},
    "announcements.items.february.starts": "2027-02-01",
    "announcements.items.february.body": {"de": "Neues.", "en": "News."},
}
CHANGED: Mapping[str, JSON] = {
    **FIRM,
    **COMING,
    "profile.time_zone": "Europe/Berlin",
    "chat.clients_can_start": False,
    "profile.welcome": {"de": "Schön, dass Sie wieder da sind.", "en": "Good to see you."},
    "appointments.url": "https://elsewhere.example/erstgespraech",
}
BEFORE: Mapping[str, JSON] = {**FIRM, "profile.time_zone": "Europe/Berlin"}
NASTY = "</script><script>top.owned=1</script><img src=x onerror=top.owned=1>{{7*7}}\u202edne"
WORSE: Mapping[str, JSON] = {
    **HOSTILE,
    "profile.name": NASTY[:80],
    "profile.welcome": {"en": "Hello", "de": "x" * 160},
    "announcements.items.closed.title": {"en": NASTY, "de": "W" * 120},
    "announcements.items.closed.body": {"en": NASTY + "\n\n[go](javascript:top.owned=1)", "de": "y" * 10_000},
}
TAME: Mapping[str, JSON] = {**HOSTILE, "announcements.items.closed.body": {"en": "Before", "de": "Vorher"}}
BROKEN = Promise(
    persona="new",
    firm="lindenhof",
    place=WEB_HOME,
    block="chat.new_chat",
    must_see=True,
    kept=False,
    reason=phrase("options.chat.hidden.off"),
    source="personas/new.yaml:4",
)
PROMISES = (BROKEN, replace(BROKEN, persona="busy", block="standing.todos", kept=True, reason=None))


def case(firm: str, before: Mapping[str, JSON] | None, after: Mapping[str, JSON]) -> FirmCase:
    earlier = None if before is None else situation_of(firm, before, PEOPLE, AT)
    return FirmCase(situation_of(firm, after, PEOPLE, AT), earlier)


def plan_of(*cases: FirmCase) -> Plan:
    firms = tuple(
        FirmPlan(
            id=each.firm,
            name=each.name,
            generation=1,
            clients=42,
            changes=(Change(Edit("chat.clients_can_start", after=False), Reason.SET, ""),),
            effects=noticed(
                outlook(each.before or each.after, each.after, PERSONAS), {each.key for each in SECTIONS}
            ).effects,
            affected=42,
            managed=("chat.clients_can_start",),
            managed_before=(),
            digest_after="",
        )
        for each in cases
    )
    return Plan(
        environment="local", portal="portal", options={}, config="config", commit="3f9c2ab",
        at=AT.isoformat(), firms=HeldParts(firms), unchanged=(),
    )  # fmt: skip


def reviewed(*cases: FirmCase) -> Review:
    """With a plan where there is something to compare."""
    plan = plan_of(*cases) if all(each.before for each in cases) else None
    promises = PROMISES if plan else ()
    return review("Ankerhaus", cases, PERSONAS, plan=plan, promises=promises)


def ordinary() -> FirmCase:
    return case("lindenhof", BEFORE, CHANGED)


def hostile() -> FirmCase:
    return case("nasty", TAME, WORSE)


def _finding(code: str, english: str, german: str) -> PlanFinding:
    return PlanFinding(code, {"en": english, "de": german}, {}, "firms/lindenhof.yaml:9:3", before=False)


WARNING = _finding("announcement-over", f"It is over: {NASTY}", f"Sie ist vorbei: {NASTY}")
MISSED = _finding("promise-broken", "Ada misses New chat.", "Ada fehlt „Neuen Chat beginnen“.")
WRONG = _finding("stage-unknown", "There is no such stage.", "Diesen Schritt gibt es nicht.")
AWAY = tuple(NewsFirm(f"away-{number}", f"Kanzlei am Tor {number}", 12, "UTC") for number in range(580))
"""Firms with changes, of whose pages none is in the file."""


def crowded() -> Review:
    """One firm's pages, of a plan for hundreds; and all that a plan may say besides what clients notice."""
    shown = ordinary()
    made = plan_of(shown)
    (part,) = made.firms
    firms = (
        replace(part, warnings=(WARNING,), broken=(BrokenPromise("new", MISSED),)),
        *(
            replace(part, id=each.id, name=each.name, clients=each.clients, affected=each.clients)
            for each in AWAY
        ),
    )
    objection = Verdict("new-host", "elsewhere.example", 1, 0, ("lindenhof",))
    plan = replace(
        made, firms=HeldParts(firms), stopped=(Stopped(WRONG, ("moorhof",)),), guardrails=(objection,)
    )
    return review("Ankerhaus", [shown], PERSONAS, plan=plan, promises=PROMISES, left_out=AWAY)


def file_of(*cases: FirmCase, locale: str = "en") -> bytes:
    return review_html(reviewed(*cases), lexicon_of(locale))
