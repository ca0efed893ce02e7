"""A review of small firms: what is compared, counted, told, and left out."""

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from portalsync.catalog import SECTIONS
from portalsync.diagnostics import Severity
from portalsync.lexicon import lexicon_of
from portalsync.model.edit import Edit
from portalsync.model.effect import EffectKind
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.firm_plan import Change, FirmPlan, Reason
from portalsync.model.json_value import JSON
from portalsync.model.page import MOBILE_HOME, WEB_HOME, situation_of
from portalsync.model.persona import Persona, persona_from_json
from portalsync.model.plan import HeldParts, Plan
from portalsync.planning.effects import noticed
from portalsync.planning.outlook import outlook
from portalsync.portal.compose import compose
from portalsync.portal.render import render
from portalsync.preview.lint import lint
from portalsync.preview.review import Review, review
from portalsync.preview.variants import FirmCase, Pages, Status, variants
from portalsync.views.review.payload import pack
from portalsync.views.review.telling import Telling
from portalsync.views.review.telling import remarks as remarks_told

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
BASE: dict[str, JSON] = {"profile.name": "Kanzlei Lindenhof", "profile.locales": ["de", "en"]}
NEWS: dict[str, JSON] = {
    "announcements.items.office.title": {"de": "Geschlossen", "en": "Closed"},
    "announcements.items.office.body": {"de": "Bis Montag.", "en": "Until Monday."},
    "announcements.items.office.starts": "2026-12-24",
}


def facts() -> Facts:
    return facts_from_json({
        "currency": "EUR",
        "segments": [{"locale": "de", "clients": 30}, {"locale": "en", "clients": 12, "tags": ["business"]}],
    })  # fmt: skip


def persona(name: str, locale: str, *tags: str) -> Persona:
    return persona_from_json({
        "id": name,
        "title": {"en": name.title()},
        "client": name.title(),
        "locale": locale,
        "tags": [*tags],
    })  # fmt: skip


EVERYTHING = frozenset(each.key for each in SECTIONS)
PERSONAS = (persona("anna", "de"), persona("ben", "en", "business"))


def case(before: Mapping[str, JSON] | None, after: Mapping[str, JSON], firm: str = "lindenhof") -> FirmCase:
    now = None if before is None else situation_of(firm, before, facts(), AT)
    return FirmCase(situation_of(firm, after, facts(), AT), now)


def planned(*cases: FirmCase) -> Plan:
    firms = [
        FirmPlan(
            id=each.firm,
            name=each.name,
            generation=1,
            clients=42,
            changes=(Change(Edit("chat.clients_can_start", after=True), Reason.SET, ""),),
            effects=noticed(
                outlook(each.before or each.after, each.after, PERSONAS), {each.key for each in SECTIONS}
            ).effects,
            managed=(),
            managed_before=(),
            digest_after="",
        )
        for each in cases
    ]
    return Plan(
        environment="local", portal="p", options={}, config="c", commit="", at=AT.isoformat(),
        firms=HeldParts(firms), unchanged=(),
    )  # fmt: skip


def reviewed(*cases: FirmCase, plan: bool = True, everything: bool = False) -> Review:
    return review(
        "Network",
        cases,
        PERSONAS,
        plan=planned(*cases) if plan else None,
        promises=(),
        everything=everything,
    )


def unpacked(found: Review) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(pack(found, lexicon_of("en")).text)))


CHAT_OFF = {**BASE, "chat.clients_can_start": False}


def test_variants_are_every_page_of_every_client_in_every_language() -> None:
    """Twelve pages, two clients, two languages, one instant."""
    found = list(variants(case(BASE, BASE), PERSONAS, Pages()))
    assert len(found) == 12 * 2 * 2
    assert {each.status for each in found} == {Status.UNCHANGED}


def test_moments_multiply_variants_but_not_pages() -> None:
    """An announcement's start adds an instant; pages that show none stay the same documents."""
    pages = Pages()
    found = list(variants(case(BASE, {**BASE, **NEWS}), PERSONAS, pages))
    assert len(found) == 2 * 12 * 2 * 2
    assert len(pages.compositions) == 12 * 2 * 2 + 4 * 2 * 2


def test_a_language_that_comes_is_new_and_one_that_goes_is_gone() -> None:
    """A client who reads German finds English pages once the firm writes English, and the reverse."""
    german: dict[str, JSON] = {**BASE, "profile.locales": ["de"]}
    comes = variants(case(german, BASE), PERSONAS[:1], Pages())
    goes = variants(case(BASE, german), PERSONAS[:1], Pages())
    assert {each.status for each in comes if each.locale == "en"} == {Status.NEW}
    assert {each.status for each in goes if each.locale == "en"} == {Status.GONE}


def test_a_card_stands_once_for_all_firms_and_pages_that_tell_the_same() -> None:
    """Two firms switch chats off: one card for the web, one for the phone, four variants a page."""
    found = reviewed(case(BASE, CHAT_OFF), case(BASE, CHAT_OFF, "moorhof"))
    assert {card.verb for card in found.cards} == {"disappears"}
    by_label = {card.effect.labels["en"]: card for card in found.cards}
    assert by_label.keys() == {"New chat", "Message firm"}
    assert len(by_label["New chat"].version.firms) == 2
    assert len(by_label["New chat"].variants) == 2 * 2 * 2 * 2
    assert len(by_label["Message firm"].variants) == 2 * 2 * 2 * 2
    assert by_label["Message firm"].version.clients == 2 * 42


def test_losses_come_first_then_links_that_lead_elsewhere() -> None:
    """What robs a client stands above what merely reads differently."""
    booking: dict[str, JSON] = {
        "appointments.enabled": True,
        "appointments.provider": "custom",
        "appointments.url": "https://termine.example/a",
        "profile.phone": "+49 30 5550100",
    }
    known = facts_from_json({**facts().raw, "booking_integrations": ["custom"]})
    before = situation_of("lindenhof", {**BASE, **booking}, known, AT)
    after = situation_of(
        "lindenhof",
        {
            **CHAT_OFF,
            **booking,
            "appointments.url": "https://elsewhere.example/a",
            "profile.phone": "+49 30 5550199",
        },
        known,
        AT,
    )
    found = reviewed(FirmCase(after, before))
    verbs = [card.verb for card in found.cards]
    assert verbs == sorted(verbs, key=["disappears", "leads", "changes", "appears"].index)
    assert set(verbs) == {"disappears", "leads", "changes"}


@pytest.mark.parametrize(
    ("texts", "only"), [({"de": "Zu", "en": "Closed"}, "de"), ({"de": "Zu", "en": "Shut"}, "")]
)
def test_a_text_changed_in_one_language_only_is_flagged(texts: dict[str, JSON], only: str) -> None:
    """The firm writes German and English; the card says which one was forgotten."""
    start: dict[str, JSON] = {"announcements.items.office.starts": "2026-11-01"}
    before = {**BASE, **NEWS, **start}
    after = {**before, "announcements.items.office.title": texts}
    assert {card.only for card in reviewed(case(before, after)).cards} == {only}


def test_only_changed_pages_travel_unless_everything_is_wanted() -> None:
    """The pages that stay as they are do not make the file larger."""
    compared = case(BASE, CHAT_OFF)
    changed = reviewed(compared)
    assert {changed.variants[index].status for index in changed.shown} == {Status.CHANGED}
    assert len(reviewed(compared, everything=True).shown) == len(changed.variants)


def test_the_matrix_says_how_much_of_each_corner_changes() -> None:
    """Home and chats of six pages, on the web and on the phone."""
    [matrix] = reviewed(case(BASE, CHAT_OFF)).matrices
    cell = matrix.rows[0].cells["web", "de"]
    assert (cell.status, cell.changed, cell.total) == (Status.CHANGED, 2, 6)
    cell = matrix.rows[0].cells["mobile", "de"]
    assert (cell.status, cell.changed, cell.total) == (Status.CHANGED, 2, 6)


def test_the_timeline_tells_an_announcement_once_with_a_page_in_each_language() -> None:
    """As banner and as notice it is one event."""
    found = reviewed(case(None, {**BASE, **NEWS}), plan=False)
    [moment] = found.timeline
    assert moment.at == datetime(2026, 12, 24, 0, 0, tzinfo=UTC)
    [event] = moment.events
    assert (event.kind, event.labels) == (EffectKind.APPEARS, {"de": "Geschlossen", "en": "Closed"})
    for index in event.opens.values():
        assert index in found.shown
        assert found.variants[index].at == moment.at


def test_a_day_stands_once_in_the_timeline_though_it_begins_in_three_time_zones() -> None:
    cities = ("Europe/Berlin", "Europe/London", "America/New_York")
    cases = [case(None, {**BASE, **NEWS, "profile.time_zone": city}, city[-4:].lower()) for city in cities]
    found = reviewed(*cases, plan=False)
    [moment] = found.timeline
    assert [list(event.firms) for event in moment.events] == [["rlin", "ndon", "york"]]
    assert Telling(found, lexicon_of("en")).moment_of(moment) == "24 Dec 2026"


def test_blocks_that_no_sample_client_finds_are_named() -> None:
    """A firm without prepayments leaves them unseen; new chats are seen."""
    unseen = reviewed(case(None, BASE), plan=False).never_seen
    assert ("prepayments", "link") in unseen
    assert ("chat", "new_chat") not in unseen


def test_pages_are_packed_once_and_always_alike() -> None:
    """Equal reviews are equal bytes; each document and style stands once; every index leads somewhere."""
    compared = case(BASE, CHAT_OFF)
    found = reviewed(compared)
    packed = pack(found, lexicon_of("en")).text
    assert packed == pack(reviewed(compared), lexicon_of("en")).text
    assert base64.b64decode(packed)[4:8] == bytes(4), "gzip holds the time it was made at"
    body = unpacked(found)
    documents = [json.dumps(each) for each in body["documents"]]
    assert len(documents) == len(set(documents))
    assert len(body["styles"]) == 1
    assert [row[0] for row in body["variants"]] == [*found.shown]
    for row in body["variants"]:
        assert {row[7], row[8]} <= set(range(len(documents)))


def test_reasons_tell_why_a_block_is_missing() -> None:
    """Switched off is said of New chat on the changed home page."""
    body = unpacked(reviewed(case(BASE, CHAT_OFF)))
    told = {(row[0], row[3]) for reasons in body["reasons"] for row in reasons}
    assert ("chat.new_chat", "clients may not start chats") in told


def remarks(
    settings: Mapping[str, JSON], place: Any = WEB_HOME, locale: str = "de"
) -> Sequence[tuple[str, Severity]]:
    composition = compose(situation_of("lindenhof", settings, facts(), AT), PERSONAS[0], place, locale)
    return [(each.code, each.severity) for each in lint(composition, render(composition))]


def test_lint_of_a_good_page_says_nothing() -> None:
    """New chat makes the home page worth opening."""
    assert remarks(BASE) == []


@pytest.mark.parametrize(
    ("settings", "place", "code"),
    [
        ({"chat.clients_can_start": False}, WEB_HOME, "empty-home"),
        ({"profile.welcome": {"en": "Hello"}}, WEB_HOME, "translation-missing"),
        ({"profile.accent_color": "#ffcc00"}, WEB_HOME, "contrast"),
        (
            {
                "announcements.items.x.title": {"de": "Lang"},
                "announcements.items.x.body": {"de": "Wort " * 300},
            },
            MOBILE_HOME,
            "announcement-long",
        ),
    ],
)
def test_lint_finds_what_is_wrong(settings: dict[str, JSON], place: Any, code: str) -> None:
    """One bad page, one remark."""
    assert [each for each, _ in remarks({**BASE, **settings}, place)] == [code]


def test_remarks_are_told_in_a_line_each() -> None:
    """How grave, what, on how many pages, and where to look."""
    found = reviewed(case(None, CHAT_OFF), plan=False)
    [line] = remarks_told(found, lexicon_of("en"))
    assert line.startswith("warning[empty-home]: The home page is empty: nothing to do")
    assert line.endswith("(8 pages; on the web, home page)")
