"""`pull` and `facts`: what the portal has, in the files, with no more changed than what differs."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import AT, Cli
from tests.cli.hand_edits import FIRM, apply_what_the_files_say, by_hand, edited_by_hand

from portalsync.catalog.kinds.image import data_uri
from portalsync.model.edit import Edit
from portalsync.views.published import published

CONFIG = Path("portal-config")
MESSY = """# Ours since 1990.
apiVersion:   portalsync/v1
kind: "Firm"
id: oak   # never changes
groups: [ north ]

profile: { name: 'Oak & Partners',  # as on the door
    logo: assets/oak.svg}


options:
    # Only cards.
    prepayments: {enabled: true,   method: card}
    chat:
          clients_can_start :   true     # until spring
    announcements:
        items:
        - title: {en: Hours}
          id: hours # first
          body:
              en: |
                     Nine to five.

                     Never on *Sundays*.
        # more to come
"""


@pytest.fixture
def messy(world: Path, cli: Cli) -> Path:
    FIRM.write_text(MESSY)
    apply_what_the_files_say(cli)
    return world


def contents() -> dict[str, bytes]:
    """All files of the configuration, but for the portal in it."""
    return {
        str(path.relative_to(CONFIG)): path.read_bytes()
        for path in sorted(CONFIG.rglob("*"))
        if path.is_file() and ".portalsync" not in path.parts
    }


def without_file() -> None:
    """As before anybody has written a file about the firm, its sample clients and its groups."""
    for name in ("firms", "facts", "assets", "groups", "personas"):
        shutil.rmtree(CONFIG / name)
    (CONFIG / "defaults.yaml").unlink()


HANDS = {
    "a switch": (
        Edit("chat.clients_can_start", before=True, after=False),
        "          clients_can_start :   true     # until spring",
        "          clients_can_start :   false     # until spring",
    ),
    "a word in quotes": (
        Edit("profile.name", "Oak & Partners", "Oak's"),
        "profile: { name: 'Oak & Partners',  # as on the door",
        "profile: { name: 'Oak''s',  # as on the door",
    ),
    "a line of a text": (
        Edit(
            "announcements.items.hours.body",
            {"en": "Nine to five.\n\nNever on *Sundays*."},
            {"en": "Nine to six.\n\nNever on *Sundays*."},
        ),
        "                     Nine to five.",
        "                     Nine to six.",
    ),
}


@pytest.mark.parametrize("name", HANDS)
def test_one_line_changes_and_no_other(name: str, messy: Path, cli: Cli, requests: list[str]) -> None:
    del messy
    edit, line, new = HANDS[name]
    edited_by_hand(edit)
    before = contents()
    requests.clear()
    checked = cli("pull", "--check")
    assert (checked.code, "1 file would change." in checked.out, contents()) == (1, True, before)
    pulled = cli("pull")
    assert (pulled.code, "1 file changed." in pulled.out) == (0, True), pulled.err
    assert {*requests} <= {"GET"}
    assert contents() == {**before, "firms/oak.yaml": MESSY.replace(line, new).encode()}
    assert new in FIRM.read_text()
    assert "No changes" in cli("plan", AT).out
    after = contents()
    again = cli("pull")
    assert ("Nothing to write" in again.out, contents()) == (True, after)


def test_a_first_pull_writes_all_there_is_and_no_client_notices(world: Path, cli: Cli) -> None:
    """Without a file but portalsync.yaml; the portal was never applied to."""
    del world
    logo = data_uri("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><!-- new --></svg>")
    edited_by_hand(
        Edit("profile.name", after="Oak & Partners: tax"),
        Edit("profile.logo", after=logo),
        Edit("announcements.items.closed.title", after={"en": "Closed"}),
        Edit("announcements.items.closed.body", after={"en": "We are off.\n\nSee you."}),
        Edit("announcements.items.closed.ends", after="2026-12-24"),
        Edit("chat.clients_can_start", after=False),
    )
    without_file()
    pulled = cli("pull")
    assert pulled.code == 0, pulled.err
    assert "firms/oak.yaml with 6 settings" in pulled.out
    assert (
        FIRM.read_text()
        == """# As the portal had it when it was taken over. From now on, this file decides.
apiVersion: portalsync/v1
kind: Firm
id: oak

profile:
  name: "Oak & Partners: tax"
  logo: assets/oak.svg

options:
  announcements:
    items:
      - id: closed
        title: {en: Closed}
        body:
          en: |
            We are off.

            See you.
        ends: 2026-12-24

  chat:
    clients_can_start: false
"""
    )
    assert (CONFIG / "assets" / "oak.svg").read_bytes().endswith(b"<!-- new --></svg>")
    written = contents()
    assert [*written] == ["assets/oak.svg", "facts/oak.yaml", "firms/oak.yaml", "portalsync.yaml"]
    assert cli("validate").code == 0
    plan = cli("plan", AT)
    assert (plan.code, "No client will notice anything." in plan.out) == (0, True), plan.out
    assert cli("pull").code == 0
    assert contents() == written


def test_what_no_file_speaks_of_stays_out_unless_asked_for(messy: Path, cli: Cli) -> None:
    del messy
    by_hand("document_renaming.enabled", after=True)
    before = contents()
    assert cli("pull").code == 0
    assert contents() == before
    assert cli("pull", "--unmanaged").code == 0
    assert FIRM.read_text() == MESSY + "    document_renaming:\n      enabled: true\n"


def test_a_portal_that_lacks_much_of_what_files_set_is_hardly_the_right_one(messy: Path, cli: Cli) -> None:
    del messy
    edited_by_hand(
        Edit("prepayments.enabled", before=True),
        Edit("prepayments.method", "card"),
        Edit("chat.clients_can_start", before=True),
        Edit("announcements.items.hours.title", {"en": "Hours"}),
        Edit("announcements.items.hours.body", {"en": "Nine to five.\n\nNever on *Sundays*."}),
    )
    before = contents()
    refused = cli("pull")
    assert (refused.code, contents()) == (6, before)
    assert "lacks 5 of the 10 entries" in refused.err
    assert "--may-shrink oak" in refused.err
    assert cli("pull", "--may-shrink", "oak").code == 0
    text = FIRM.read_text()
    assert "clients_can_start :   {unset: true}     # until spring" in text
    assert "# more to come" in text
    assert "No changes" in cli("plan", AT).out


def test_facts_that_are_the_same_stay_byte_for_byte(messy: Path, cli: Cli) -> None:
    del messy
    before = contents()
    told = cli("facts")
    assert (told.code, "the copy of the firm's facts is what the portal knows" in told.out) == (0, True)
    assert contents() == before
    found = cli("facts", "--check", "--format=json")
    assert (found.code, json.loads(found.out)["firms"][0]["files"]) == (0, [])


def test_json_fits_its_schema_and_germans_read_german(messy: Path, cli: Cli) -> None:
    del messy
    by_hand("chat.clients_can_start", before=True, after=False)
    found = cli("pull", "--check", "--format=json")
    body = json.loads(found.out)
    Draft202012Validator(published()["pulled.v1.schema.json"]).validate(body)
    [firm] = body["firms"]
    assert (body["written"], firm["files"]) == (False, ["firms/oak.yaml"])
    assert firm["edits"] == [{"path": "chat.clients_can_start", "before": True, "after": False}]
    german = cli("pull", "--lang=de")
    assert "1 Datei geändert." in german.out
    assert "Weiter: portalsync validate" in german.out


def test_what_others_own_is_left_to_them(messy: Path, cli: Cli) -> None:
    del messy
    edited_by_hand(
        Edit("announcements.items.vendor-1.title", after={"en": "Maintenance"}),
        Edit("announcements.items.vendor-1.body", after={"en": "At night."}),
        Edit("profile.welcome", after={"en": "Hi"}),
    )
    network = CONFIG / "portalsync.yaml"
    network.write_text(network.read_text() + "ignore: [announcements.items.vendor-*, profile.welcome]\n")
    before = contents()
    assert cli("pull", "--unmanaged").code == 0
    assert contents() == before
    without_file()
    assert cli("pull", "--layered", "country").code == 0
    assert "country" not in FIRM.read_text(), "one firm has nothing in common with others"
    assert "vendor" not in FIRM.read_text()
    assert "welcome" not in FIRM.read_text()


def test_a_firm_that_files_call_otherwise_keeps_its_name_there(messy: Path, cli: Cli) -> None:
    del messy
    renamed = FIRM.with_name("oak-tree.yaml")
    renamed.write_text(MESSY.replace("id: oak ", "id: oak-tree\npreviously: oak "))
    FIRM.unlink()
    shutil.rmtree(CONFIG / "personas")
    (CONFIG / "facts" / "oak.yaml").unlink()
    by_hand("chat.clients_can_start", before=True, after=False)
    assert cli("pull").code == 0
    assert "clients_can_start :   false" in renamed.read_text()
    assert "firm: oak-tree\n" in (CONFIG / "facts" / "oak-tree.yaml").read_text()
    assert not FIRM.exists()
    assert cli("pull", "--firm", "oak-tree", "--check").code == 0


def test_firms_and_layers_that_cannot_be_are_named(messy: Path, cli: Cli) -> None:
    del messy
    assert cli("pull", "--may-shrink", "nobody").code == 64
    found = cli("pull", "--layered", "../groups")
    assert (found.code, "lower-case letters" in found.err) == (64, True)
    assert cli("pull", "--firm", "nobody").code == 64


def test_what_was_written_and_not_applied_yet_is_told(messy: Path, cli: Cli) -> None:
    """The portal wins over it, also over what is to be taken away there; what somebody changed there, and
    what nobody wrote, is none of it.
    """
    del messy
    by_hand("chat.clients_can_start", before=True, after=False)
    by_hand("document_renaming.enabled", after=True)
    written = MESSY.replace("'Oak & Partners'", "'Elm'").replace("method: card", "method: {unset: true}")
    FIRM.write_text(written)
    pulled = cli("pull", "--unmanaged", "--format=json", "--check")
    [firm] = json.loads(pulled.out)["firms"]
    assert firm["overruled"] == ["profile.name", "prepayments.method"]
    assert len(firm["edits"]) == 4
    text = cli("pull").out
    assert "2 settings of the files are not applied yet" in text
    assert "(portalsync plan --env local)" in " ".join(text.split())
    assert text.count("written in the files, and not applied yet") == 2
    assert "name: 'Oak & Partners'" in FIRM.read_text()


def test_line_ends_of_forms_come_as_those_of_files(messy: Path, cli: Cli) -> None:
    del messy
    body = "Nine to five.\n\nNever on *Sundays*."
    longer = "Nine to six.\r\n\r\nNever on *Sundays*."
    edited_by_hand(Edit("announcements.items.hours.body", {"en": body}, {"en": longer}))
    assert cli("pull").code == 0
    assert FIRM.read_text() == MESSY.replace("Nine to five", "Nine to six")
    assert "No changes" in cli("plan", AT).out


@pytest.mark.parametrize("command", ["pull", "drift"])
def test_a_text_that_no_file_can_hold_is_named(command: str, messy: Path, cli: Cli) -> None:
    del messy
    edited_by_hand(Edit("profile.name", "Oak & Partners", "Oak\x85Partners"))
    before = contents()
    found = cli(*{"pull": ["pull"], "drift": ["drift", "--keep=profile.name"]}[command])
    assert (found.code not in {0, 70}, contents()) == (True, before)
    assert "Oak\\u0085Partners" in found.err + found.out
