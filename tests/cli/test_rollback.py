"""Back to an earlier generation: a plan that is shown, guarded, applied and audited like any other."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.base_firms import network_of
from tests.cli.conftest import AT, DATABASE, Cli
from tests.cli.hand_edits import FIRM, apply_what_the_files_say, by_hand, edited_by_hand, say

from portalsync.backend.protocol import Backend
from portalsync.model.edit import Edit
from portalsync.model.page import PLACES
from portalsync.model.plan_name import Origins, origins_in
from portalsync.pipeline.load import load, seed_of
from portalsync.portal.links import page_file
from portalsync.server.in_process import open_embedded
from portalsync.wire import FirmState

CONFIG = Path("portal-config")
THEN = datetime(2026, 12, 1, tzinfo=UTC)
CHAT_OFF = """  chat:
    clients_can_start: false
  organizers: {templates: [{id: rental-property, self_service: true}]}
  announcements:
    items:
      - {id: visit, title: {en: Visit us}, body: {en: "[Book](https://calendly.com/oak)"}}
"""
HOST = "--ack=new-host:calendly.com"


@contextmanager
def opened() -> Iterator[Backend]:
    portal = open_embedded(DATABASE)
    yield portal
    portal.close()


def state(firm: str = "oak", generation: int | None = None) -> FirmState:
    with opened() as portal:
        return portal.state(firm, generation)


def pages() -> Mapping[str, bytes]:
    with opened() as portal:
        return {page_file(each): portal.page("oak", "ada", "en", page_file(each), THEN) for each in PLACES}


def planned(cli: Cli, *arguments: str) -> Any:
    done = cli("rollback", *arguments, "--out=back.json", AT, "--format=json")
    assert done.code == 0, done.err
    return json.loads(done.out)


@pytest.fixture
def lived(world: Path, cli: Cli) -> Path:
    """Three generations: the seed, a plan, and another one that takes the chat away."""
    assert cli("apply", "plan.json", "--actor=Robin Okafor").code == 0
    (world / "before").write_bytes(b"".join(pages().values()))
    say(CHAT_OFF)
    assert cli("apply", "--yes", AT, HOST).code == 0
    return world


def test_every_page_is_as_it_was(lived: Path, cli: Cli) -> None:
    """Byte for byte, with settings, claims and digest; history and trail say who went back, and where to."""
    assert b"".join(pages().values()) != (lived / "before").read_bytes()
    done = cli("rollback", "oak", "--to=2", "--yes", "--actor=Dana Reyes", AT)
    assert done.code == 0, done.err
    text = " ".join(done.out.split())
    assert "Back to generation 2: Oak & Partners" in text
    assert "“Message firm” appears for all 40 clients" in text
    assert "generation 3 → 4, read back and equal" in text
    assert b"".join(pages().values()) == (lived / "before").read_bytes()
    then, now = state(generation=2), state()
    assert (now.settings, now.managed, now.digest) == (then.settings, then.managed, then.digest)
    assert now.applied == now.generation == 4
    with opened() as portal:
        newest, row = portal.history("oak")[0], [*portal.audit("oak")][-1]
    assert origins_in(newest.plan) == Origins(back_to=2)
    assert (row["plan"], row["actor"]) == (newest.plan, "Dana Reyes")
    assert "Generation 4: taken back to generation 2" in " ".join(cli("history", "oak").out.split())
    again = cli("rollback", "oak", "--to=2", "--yes", AT)
    assert (again.code, state().generation) == (0, 4), again.err


def test_the_lines_that_say_otherwise_are_named(lived: Path, cli: Cli) -> None:
    """The next plan of the files takes it back; once the lines are gone, it has nothing to do."""
    del lived
    done = cli("rollback", "oak", "--to=2", "--yes", AT)
    assert "firms/oak.yaml:12:24" in done.out
    assert "their next plan would take the rollback back" in " ".join(done.out.split())
    assert "The files still say what was taken back." in done.err
    again = cli("plan", "--detailed-exitcode", AT, HOST)
    assert again.code == 2
    assert "Somebody took the firm back to generation 2, and this plan changes it again." in " ".join(
        again.out.split()
    )
    say("  prepayments:\n    enabled: true\n    method: card\n")
    assert cli("plan", "--detailed-exitcode", AT).code == 0
    quiet = cli("rollback", "oak", "--to=3", "--yes", AT, HOST)
    assert quiet.code == 0, quiet.err
    back = cli("rollback", "oak", "--to=4", "--yes", AT)
    assert (back.code, "The files still say" in back.err, "Warnings" in back.out) == (0, False, False), back


def test_it_is_saved_for_review_and_applied_like_any_other(lived: Path, cli: Cli) -> None:
    del lived
    plan = planned(cli, "oak", "--to=2")
    assert state().generation == 3
    (firm,) = plan["firms"]
    assert (firm["back_to"], {change["reason"] for change in firm["changes"]}) == (2, {"back"})
    assert "Back to generation 2" in cli("show", "back.json").out
    assert cli("preview", "--plan=back.json", "--out=back.html").code == 0
    assert cli("apply", "back.json").code == 0
    assert state().digest == state(generation=2).digest
    assert cli("apply", "back.json").code == 0
    assert state().generation == 4


def test_what_portalsync_never_managed_stays(lived: Path, cli: Cli) -> None:
    """And what somebody changed by hand of what it manages is undone, and named."""
    del lived
    by_hand("document_renaming.enabled", after=True)
    by_hand("chat.clients_can_start", before=False, after=True)
    done = cli("rollback", "oak", "--to=3", "--yes", AT)
    assert done.code == 0, done.err
    assert "undoes the change of 12 Nov 2026" in " ".join(done.out.split())
    now = state()
    assert now.settings["document_renaming.enabled"] is True
    assert now.settings["chat.clients_can_start"] is False


def test_guardrails_judge_it(lived: Path, cli: Cli) -> None:
    """The announcement of before leads to a host that no other leads to since."""
    del lived
    say("  announcements: {items: []}\n")
    apply_what_the_files_say(cli)
    blocked = cli("rollback", "oak", "--to=3", "--yes", AT)
    assert (blocked.code, "--ack new-host:calendly.com" in blocked.err) == (6, True), blocked
    assert state().generation == 4
    accepted = cli("rollback", "oak", "--to=3", "--yes", AT, HOST)
    assert accepted.code == 0, accepted.err
    with opened() as portal:
        assert [*portal.audit("oak")][-1]["acknowledged"] == ["new-host:calendly.com"]


def test_a_firm_that_would_break_a_rule_stays_as_it_is(lived: Path, cli: Cli) -> None:
    """The template that clients were offered is gone by now."""
    del lived
    say("  organizers: {templates: [{id: rental-property, remove: true}]}\n")
    apply_what_the_files_say(cli)
    facts = CONFIG / "facts" / "oak.yaml"
    facts.write_text(facts.read_text().replace("{id: rental-property,", "{id: another,"))
    stopped = cli("rollback", "oak", "--to=3", "--yes", AT)
    assert (stopped.code, state().generation) == (3, 4), stopped
    assert "rental-property" in stopped.out


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("oak",), 64, "where to go back to"),
        (("oak", "--to=2", "--plan=3f2a1b4c5d6e"), 64, "where to go back to"),
        (("--to=2",), 64, "which firms go back"),
        (("--group=north", "--to=2"), 64, "counts its own generations"),
        (("oak", "--to=yesterday"), 64, "neither a generation nor a time"),
        (("oak", "--to=9"), 64, "Its live generation is 3"),
        (("oka", "--to=2"), 64, "Did you mean oak?"),
        (("--plan=3f2a1b4c5d6e",), 64, "is there such a plan"),
        (("oak", "--to=2001-01-01", "--yes", AT), 0, ""),
        (("oak", "--to=2"), 64, "Nobody is there to ask"),
    ],
)
def test_what_cannot_be(arguments: tuple[str, ...], code: int, says: str, cli: Cli) -> None:
    done = cli("rollback", *arguments)
    assert (done.code, says in " ".join(done.err.split())) == (code, True), done


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> tuple[str, str]:
    """Three firms, and the digests of two plans that changed all of them."""
    monkeypatch.chdir(tmp_path)
    network_of(CONFIG, ("ash", "elm"))
    open_embedded(DATABASE, seed_of(load(CONFIG))).close()
    digests = []
    for options in ("", "  chat: {clients_can_start: false}\n"):
        for firm in (CONFIG / "firms").iterdir():
            firm.write_text(firm.read_text() + options)
        assert cli("plan", "--out=plan.json", AT).code == 0
        digests.append(json.loads(cli("show", "plan.json", "--format=json").out)["digest"])
        assert cli("apply", "plan.json").code == 0
    return digests[0], digests[1]


def test_a_plan_is_taken_back_in_all_its_firms(three: tuple[str, str], cli: Cli) -> None:
    """But not where somebody has changed the firm since: that would be lost with it."""
    edited_by_hand(Edit("document_renaming.enabled", after=True))
    done = cli("rollback", f"--plan={three[1][7:19]}", "--yes", AT)
    assert done.code == 3, done
    text = " ".join(done.out.split())
    assert "Back to generation 2: Ash & Partners, Elm & Partners" in text
    assert "has changed since this plan" in text
    assert [state(firm).generation for firm in ("ash", "elm", "oak")] == [4, 4, 4]
    assert state("ash").digest == state("ash", 2).digest
    assert state("oak").settings["chat.clients_can_start"] is False
    again = cli("rollback", "--plan=plan.json", "ash", "elm", "--yes", AT)
    assert (again.code, state("ash").generation) == (0, 4), again


def test_a_group_goes_back_to_an_instant(three: tuple[str, str], cli: Cli) -> None:
    del three
    with opened() as portal:
        between = portal.history("ash")[0].at
    done = cli("rollback", "--group=north", f"--to={between}", "--yes", AT)
    assert done.code == 0, done.err
    before = datetime.fromisoformat(between).replace(year=2020).isoformat()
    plan = planned(cli, "ash", "elm", f"--to={before}")
    assert [firm["back_to"] for firm in plan["firms"]] == [1, 1]
    assert plan["left_out"] == 1
    assert "Zurück zu Fassung 1: ash" in cli("show", "back.json", "--lang=de").out


def test_a_firm_whose_file_is_gone_goes_back_too(lived: Path, cli: Cli) -> None:
    """No line says otherwise: the next plan releases it, as it would have."""
    del lived
    FIRM.unlink()
    (CONFIG / "facts" / "oak.yaml").unlink()
    done = cli("rollback", "oak", "--to=2", "--yes", AT)
    assert done.code == 0, done.err
    assert state().digest == state(generation=2).digest
    assert "their next plan" not in done.out


def test_a_broken_file_holds_nobody_up(lived: Path, cli: Cli) -> None:
    """Who has to go back has no time for it; but then nobody knows what others own."""
    del lived
    shutil.copy(FIRM, "kept.yaml")
    FIRM.write_text("kind: [", encoding="utf-8")
    done = cli("rollback", "oak", "--to=2", "--yes", AT)
    assert done.code == 0, done.err
    assert "have errors" in done.err
    assert state().digest == state(generation=2).digest
