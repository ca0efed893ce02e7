"""Effects one by one, where the laws would meet them too seldom."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from portalsync.model.effect import Effect, EffectKind, Reach, Reading
from portalsync.model.facts import facts_from_json
from portalsync.model.json_value import JSON
from portalsync.model.page import situation_of
from portalsync.model.persona import Persona, persona_from_json
from portalsync.model.settings import differing
from portalsync.planning.effects import noticed
from portalsync.planning.outlook import outlook
from portalsync.portal.variants import MOST_INSTANTS

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SEGMENTS: list[JSON] = [
    {"tags": ["business"], "locale": "de", "clients": 5},
    {"tags": [], "locale": "en", "clients": 2},
]


def _effects(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> list[Effect]:
    return [each.effect for each in _reached(before, after)]


def _reached(before: Mapping[str, JSON], after: Mapping[str, JSON]) -> tuple[Reach, ...]:
    """What the clients of the segments notice; there are no personas."""
    facts = facts_from_json({"currency": "EUR", "segments": SEGMENTS})
    earlier, later = (situation_of("linden", each, facts, NOW) for each in (before, after))
    changed = {path.partition(".")[0] for path in differing(before, after)}
    return noticed(outlook(earlier, later, ()), changed).effects


def _announcement(body: str, **more: JSON) -> dict[str, JSON]:
    fields: dict[str, JSON] = {"title": {"en": "Title"}, "body": {"en": body}, **more}
    return {f"announcements.items.news.{name}": value for name, value in fields.items()}


@pytest.mark.parametrize(
    ("before", "after"), [("*new*", "_new_"), ("new", "new\n"), ("- a\n- b", "* a\n* b")]
)
def test_text_that_reads_alike_is_no_news(before: str, after: str) -> None:
    assert _effects(_announcement(before), _announcement(after)) == []


def test_text_that_reads_differently_is_news() -> None:
    found = _effects(_announcement("*new*"), _announcement("**new**"))
    assert {effect.kind for effect in found} == {EffectKind.CHANGES}


def test_clients_count_without_a_persona_and_without_an_audience() -> None:
    found = _reached({}, {"chat.clients_can_start": False})
    assert {(each.effect.block, each.clients, each.effect.everyone) for each in found} == {
        ("chat.new_chat", 7, True),
        ("chat.new_chat_button", 7, True),
        ("chat.message_firm", 7, True),
        ("chat.message_firm_button", 7, True),
    }


def test_only_those_who_lose_it_are_counted() -> None:
    found = _reached({}, {"chat.audience": {"any": ["business"]}})
    assert {(each.effect.kind, each.clients) for each in found} == {(EffectKind.DISAPPEARS, 2)}


def test_each_moment_has_its_own_news() -> None:
    """What comes and goes again comes once; between two windows there is nothing to tell."""
    early = _announcement("x", starts="2026-06-10", ends="2026-06-12")
    late = _announcement("x", starts="2026-06-20", ends="2026-06-22")
    found = {(effect.kind, effect.since[:10], effect.place.page) for effect in _effects(early, late)}
    assert found == {
        (kind, since, page)
        for kind, since in ((EffectKind.DISAPPEARS, "2026-06-10"), (EffectKind.APPEARS, "2026-06-20"))
        for page in ("home", "login")
    }


def test_what_time_ends_says_until_when() -> None:
    early = _announcement("x", starts="2026-05-10", ends="2026-06-12")
    late = _announcement("x", starts="2026-06-20", ends="2026-06-22")
    found = {(effect.kind, effect.since[:10], effect.until[:10]) for effect in _effects(early, late)}
    assert found == {
        (EffectKind.DISAPPEARS, "", "2026-06-13"),
        (EffectKind.APPEARS, "2026-06-20", "2026-06-23"),
    }


def test_what_never_ends_says_nothing_of_an_end() -> None:
    found = _effects(
        {}, {**_announcement("x", starts="2026-06-20", ends="2026-06-22"), "chat.clients_can_start": False}
    )
    assert {each.until for each in found if each.block.startswith("chat.")} == {""}


def test_the_profile_reaches_into_options() -> None:
    """The announcement is as it was, but the hour it starts at has come in another time zone."""
    text = _announcement("x", starts="2026-06-01T13:00")
    there, here = ({**text, "profile.time_zone": zone} for zone in ("Atlantic/Reykjavik", "Europe/Berlin"))
    found = _effects(there, here)
    assert {(each.kind, each.block) for each in found if not each.since} == {
        (EffectKind.APPEARS, "announcements.banner.news"),
        (EffectKind.APPEARS, "announcements.notice.news"),
    }


def test_a_firm_that_moves_to_vienna_writes_german_as_people_do_there() -> None:
    german: dict[str, JSON] = {"profile.locales": ["de"]}
    berlin, vienna = ({**german, "profile.time_zone": f"Europe/{city}"} for city in ("Berlin", "Vienna"))
    found = next(each for each in _effects(berlin, vienna) if each.block == "profile.brand")
    assert found.readings["de"] == (Reading("written", "Deutsch", "Deutsch (Österreich)"),)


def test_firm_side_settings_are_no_news() -> None:
    assert _effects({}, {"document_renaming.enabled": True}) == []


def test_jobs_that_no_persona_has_are_looked_at() -> None:
    """A word for clients at a stage is news wherever some client's job may stand."""
    pipelines: list[JSON] = [{"id": "vat", "name": {"en": "VAT return"}, "stages": ["intake", "filed"]}]
    facts = facts_from_json({"currency": "EUR", "segments": SEGMENTS, "pipelines": pipelines})
    before: dict[str, JSON] = {
        "work_in_progress.enabled": True,
        "work_in_progress.statuses.started.name": {"en": "Started"},
    }
    after = {**before, "work_in_progress.pipelines.vat.stages.intake.show": "started"}
    earlier, later = (situation_of("linden", each, facts, NOW) for each in (before, after))
    found = noticed(outlook(earlier, later, ()), {"work_in_progress"}).effects
    assert {(each.effect.kind, each.effect.place.surface, each.effect.everyone) for each in found} == {
        (EffectKind.APPEARS, "web", False),
        (EffectKind.APPEARS, "mobile", False),
    }


def _windows(number: int) -> dict[str, JSON]:
    """So many announcements, one after the other, each from one moment of its own to another."""
    found: dict[str, JSON] = {}
    for each in range(number):
        day = NOW + timedelta(days=1 + 4 * each)
        path = f"announcements.items.a{each:03}"
        found |= {f"{path}.title": {"en": f"Title {each}"}, f"{path}.body": {"en": "Body"}}
        found |= {f"{path}.starts": f"{day:%Y-%m-%d}", f"{path}.ends": f"{day + timedelta(days=1):%Y-%m-%d}"}
    return found


@pytest.mark.parametrize(("windows", "unseen"), [(20, 0), (21, 2), (70, 100)])
def test_so_many_coming_moments_are_looked_at_and_no_more(windows: int, unseen: int) -> None:
    facts = facts_from_json({"currency": "EUR", "segments": SEGMENTS})
    before, after = (situation_of("linden", each, facts, NOW) for each in ({}, _windows(windows)))
    found = noticed(outlook(before, after, ()), {"announcements"})
    assert found.unseen == unseen
    assert len({each.effect.since for each in found.effects}) == min(windows, MOST_INSTANTS // 2)
    elsewhere = situation_of("linden", {**_windows(windows), "chat.clients_can_start": False}, facts, NOW)
    assert noticed(outlook(after, elsewhere, ()), {"chat"}).unseen == 0


def _client(name: str, **more: JSON) -> Persona:
    about: dict[str, JSON] = {"id": name, "title": {}, "client": name, "locale": "en", **more}
    return persona_from_json(about)


def test_personas_are_named_in_the_order_in_which_they_notice() -> None:
    """Those who had it until June 5 get it again then; by that time the others have it.

    Seen to fail when of each persona the last moment counted, and when none did.
    """
    early = _announcement("x", ends="2026-06-04", audience={"any": ["business"]})
    late = _announcement("x", ends="2026-06-09")
    before, after = (
        situation_of("linden", each, facts_from_json({"currency": "EUR"}), NOW) for each in (early, late)
    )
    personas = (_client("had-it", tags=["business"]), _client("never-had-it"))
    found = noticed(outlook(before, after, personas), {"announcements"}).effects
    assert {each.effect.personas for each in found} == {("never-had-it", "had-it")}


def test_who_notices_it_is_named_by_their_own_plan() -> None:
    """What is told once for many firms is told of these personas: a worker has plans of several networks.
    Seen to fail: the second plan named the personas of the first.
    """
    facts = facts_from_json({"currency": "EUR"})
    before, after = (situation_of("linden", each, facts, NOW) for each in ({}, _announcement("Read me")))
    for name in ("ada", "zoe"):
        found = noticed(outlook(before, after, (_client(name),)), {"announcements"}).effects
        assert {each.effect.personas for each in found} == {(name,)}


def test_everyone_is_whoever_notices_it_in_their_own_language() -> None:
    """Both read English; one notices only what is new in German. Seen to fail when that was enough."""
    stages: list[JSON] = ["intake", "filed"]
    pipelines: list[JSON] = [{"id": "vat", "name": {"en": "VAT"}, "stages": stages}]
    facts = facts_from_json({"currency": "EUR", "pipelines": pipelines})
    jobs: Iterator[JSON] = (
        {"name": {"en": "VAT"}, "pipeline": "vat", "stages": stages[:number]} for number in (1, 2)
    )
    personas = tuple(_client(f"client-{index}", jobs=[job]) for index, job in enumerate(jobs))
    before: dict[str, JSON] = {
        "profile.locales": ["en", "de"],
        "work_in_progress.enabled": True,
        "work_in_progress.pipelines.vat.stages.intake.show": "started",
        "work_in_progress.pipelines.vat.stages.filed.show": "done",
        "work_in_progress.statuses.started.name": {"en": "Started", "de": "Begonnen"},
        "work_in_progress.statuses.done.name": {"en": "Done", "de": "Fertig"},
    }
    after: dict[str, JSON] = {
        **before,
        "work_in_progress.statuses.started.name": {"en": "At work", "de": "Begonnen"},
        "work_in_progress.statuses.done.name": {"en": "Done", "de": "Abgeschlossen"},
    }
    earlier, later = (situation_of("linden", each, facts, NOW) for each in (before, after))
    found = noticed(outlook(earlier, later, personas), {"work_in_progress"}).effects
    assert {(each.effect.personas, each.effect.everyone) for each in found} == {
        (("client-0", "client-1"), False)
    }
