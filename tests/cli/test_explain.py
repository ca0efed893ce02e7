"""`explain`: why a setting or a page is as it is, on the terminal and for programs."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.base_firms import network_of
from tests.cli.conftest import AT, DATABASE, Cli, everything
from tests.cli.hand_edits import by_hand, edited_by_hand
from tests.cli.test_formats import published

from portalsync.errors import ExitCode
from portalsync.model.edit import Edit

CONFIG = Path("portal-config")
FIELD = "chat.clients_can_start"


def flat(text: str) -> str:
    return " ".join(text.split())


def wanted(cli: Cli, *arguments: str) -> Any:
    """The JSON, which is as it is published."""
    result = cli("explain", "oak", *arguments, "--format=json", AT)
    assert result.code == 0, result.err
    published("explained-pages" if "--persona=ada" in arguments else "explained-settings", result.out)
    return json.loads(result.out)


def overrule() -> None:
    """Each layer says something else of who may start chats."""
    north, oak = CONFIG / "groups/north.yaml", CONFIG / "firms/oak.yaml"
    north.write_text(f"{north.read_text()}  chat: {{clients_can_start: false}}\n")
    oak.write_text(f"{oak.read_text()}  chat:\n    clients_can_start: true\n")


def away() -> None:
    """Nobody listens where the portal should be."""
    network = CONFIG / "portalsync.yaml"
    text = network.read_text().replace("backend: embedded", "backend: http\n    url: http://127.0.0.1:9/")
    network.write_text(text.replace("    database: .portalsync/portal.db\n", ""))


def test_every_layer_with_its_line_and_the_last_change(world: Path, cli: Cli) -> None:
    """Seen to fail when the lowest layer stood first, and when the change of another setting was told."""
    overrule()
    assert cli("apply", "--yes", AT).code == 0
    by_hand(FIELD, before=True, after=False)
    by_hand("done_uploading.dialog_checkbox", after=True)
    result = cli("explain", "oak", FIELD)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[4:] == [
        "New chat › Clients can start chats  chat.clients_can_start",
        "  ✓ firm oak: on  portal-config/firms/oak.yaml:15:24",
        "  − overruled: group north: off  portal-config/groups/north.yaml:8:29",
        "  − overruled: defaults: on  portal-config/defaults.yaml:10:24",
        "  · Where nothing is set: on",
        "  ~ On the portal now: off; a plan would change it",
        "      last changed on 12 Nov 2026, 08:30 UTC by Dana Reyes in the portal itself: generation 3",
    ]
    name = cli("explain", "oak", "profile.name").out
    assert re.search(r"by .*: generation 2, plan [0-9a-f]{12}$", name, re.MULTILINE), name
    (found,) = wanted(cli, FIELD)["settings"]
    assert [(each["layer"], each["value"]) for each in found["layers"]] == [
        ("defaults", True),
        ("group north", False),
        ("firm oak", True),
    ]
    assert found["live"]["changed"]["actor"] == "Dana Reyes"
    assert found["live"] == {**found["live"], "value": False, "as_in_files": False}
    assert world.exists()


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("clients_can_start: null", "✓ firm oak: left as it is on the portal (null)"),
        ("clients_can_start: {unset: true}", "✓ firm oak: not set on the portal"),
    ],
)
def test_a_layer_may_take_a_setting_back(says: str, told: str, world: Path, cli: Cli) -> None:
    oak = CONFIG / "firms/oak.yaml"
    oak.write_text(f"{oak.read_text()}  chat:\n    {says}\n")
    found = cli("explain", "oak", FIELD, "--offline").out
    assert f"{told}  portal-config/firms/oak.yaml:15:24" in found
    assert "overruled: defaults: on" in found
    assert world.exists()


def test_what_others_own_is_no_layers_business(world: Path, cli: Cli) -> None:
    """Whatever they say of it."""
    north = CONFIG / "groups/north.yaml"
    north.write_text(north.read_text().replace("options:", f"ignore: [{FIELD}]\n\noptions:"))
    found = flat(cli("explain", "oak", FIELD, "--offline").out)
    ours = "group north: left to others (ignore), neither compared nor touched"
    assert f"✓ {ours} portal-config/groups/north.yaml:5:10" in found
    assert "− overruled: defaults: on" in found
    (setting,) = wanted(cli, FIELD)["settings"]
    assert (setting["managed"], setting["layers"][-1]["act"]) == (False, "ignores")
    (firm,) = json.loads(cli("explain", "defaults.yaml:10", "--format=json", AT).out)["firms"]
    assert (firm["decides"], firm["overruled"][0]["by"]["layer"]) == ([], "group north")
    assert world.exists()


def test_several_settings_at_once(world: Path, cli: Cli) -> None:
    """Those of an option, set or not; without a name, all of which something is known."""
    assert [each["path"] for each in wanted(cli, "options.prepayments")["settings"]] == [
        "prepayments.enabled",
        "prepayments.method",
        "prepayments.audience",
    ]
    known = [each["path"] for each in wanted(cli)["settings"]]
    assert {"profile.logo", "chat.clients_can_start"} <= {*known}
    assert "prepayments.audience" not in known
    assert world.exists()


def test_a_page_block_by_block(world: Path, cli: Cli) -> None:
    """What the portal has otherwise now is told beside it."""
    page = ("--page=home", "--surface=mobile", "--persona=ada")
    out = flat(cli("explain", "oak", *page, AT).out)
    assert (
        "✓ “Make a prepayment” is there (prepayments.link) would hide it, and is not so: prepayments are "
        "switched off; invoices are hidden from clients; no connected payment provider is the default one "
        "Clients can pay in advance: on – firm oak, portal-config/firms/oak.yaml:12:14 "
        "whether the portal hides invoices: not said the payment providers on the portal: cardwell "
        "on the portal now: missing, because prepayments are switched off" in out
    )
    assert "✗ “Announcement” is missing (announcements.banner): there is nothing in its list" in out
    found = wanted(cli, *page)
    (link,) = (each for each in found["pages"][0]["blocks"] if each["key"] == "prepayments.link")
    assert (link["shown"], link["on_portal"]["shown"]) == (True, False)
    assert (found["client"], [*found["facts"]]) == ({}, ["payment_providers"])
    asked = [each for block in found["pages"][0]["blocks"] for each in block["conditions"]]
    explained = {each["path"] for each in found["settings"]}
    assert {path for each in asked for path in each["settings"]} <= explained
    assert len(wanted(cli, "--persona=ada")["pages"]) == 12
    assert world.exists()


def test_what_only_the_portal_has_is_told(world: Path, cli: Cli) -> None:
    old = "announcements.items.old"
    edited_by_hand(*(Edit(f"{old}.{name}", after={"en": "Old"}) for name in ("title", "body")))
    oak = CONFIG / "firms/oak.yaml"
    oak.write_text(f"{oak.read_text()}  announcements: {{items: []}}\n")
    out = flat(cli("explain", "oak", "--page=home", "--surface=web", "--persona=ada").out)
    assert "is missing (announcements.banner.old): the files do not have it any more" in out
    assert "on the portal now: it is there" in out
    assert world.exists()


def test_a_portal_that_cannot_be_read_is_left_out(world: Path, cli: Cli) -> None:
    """The files are explained all the same, and pages go by the copy of the facts."""
    away()
    found = cli("explain", "oak", FIELD)
    assert found.code == 0
    assert "! The portal of local could not be read; this is what the files say by themselves." in found.out
    assert "✓ defaults: on" in found.out
    assert "On the portal" not in found.out
    pages = wanted(cli, "--page=home", "--persona=ada")
    assert pages["generation"] is None
    assert pages["unread"] != ""
    assert wanted(cli, FIELD, "--offline")["environment"] is None
    assert world.exists()


def test_whom_a_line_reaches(world: Path, cli: Cli) -> None:
    """In which firms it decides, on which pages, for how many clients; and who overrules it."""
    line = "portal-config/defaults.yaml:10"
    reached = cli("explain", line, AT)
    assert (reached.code, reached.err) == (0, "")
    assert reached.out.splitlines() == [
        f"{line}, defaults",
        "",
        "  · New chat › Clients can start chats (chat.clients_can_start)",
        "  ✓ It decides in 1 firm, on 4 of 12 pages of sample clients: 40 clients",
        "",
        "Shown, hidden or with their text by this line",
        "  · “New chat” (chat.new_chat): Oak & Partners",
        "  · “New chat” (chat.new_chat_button): Oak & Partners",
        "  · “Message firm” (chat.message_firm): Oak & Partners",
        "  · “Message firm” (chat.message_firm_button): Oak & Partners",
        "",
        "Firms",
        "  ✓ Oak & Partners: on 4 of 12 pages of sample clients, 40 clients",
    ]
    overrule()
    for named in (line, "defaults.yaml:10:24", f"./{line}"):
        result = cli("explain", named, "--offline", "--format=json", AT)
        published("explained-line", result.out)
        (firm,) = json.loads(result.out)["firms"]
        assert firm["overruled"] == [
            {
                "path": FIELD,
                "by": {
                    "layer": "firm oak",
                    "source": "portal-config/firms/oak.yaml:15:24",
                    "act": "sets",
                    "value": True,
                },
            }
        ]
        assert (firm["decides"], firm["variants"], firm["clients"]) == ([], 0, 0)
    assert "In 1 Kanzlei überstimmen andere Schichten sie ganz." in cli("explain", line, "--lang=de", AT).out
    assert world.exists()


def test_a_line_that_counts_from_a_later_day_on(world: Path, cli: Cli) -> None:
    """And of an entry, a line may be about all that it holds."""
    oak = CONFIG / "firms/oak.yaml"
    entry = "      - id: later\n        starts: 2027-02-01\n        title: {en: L}\n        body: {en: L}\n"
    oak.write_text(f"{oak.read_text()}  announcements:\n    items:\n{entry}")
    title = json.loads(cli("explain", "firms/oak.yaml:18", "--format=json", AT).out)["firms"][0]
    assert (title["since"], title["variants"]) == ("2027-01-31T23:00:00+00:00", 4)
    assert "      from 1 Feb 2027 on\n" in cli("explain", "firms/oak.yaml:18", AT).out
    whole = json.loads(cli("explain", "firms/oak.yaml:16", "--format=json", AT).out)
    assert whole["settings"] == ["announcements.items.later"]
    assert [*whole["firms"][0]["decides"]] == [
        f"announcements.items.later.{name}" for name in ("title", "body", "starts")
    ]
    assert world.exists()


def test_a_line_that_is_about_a_whole_option(world: Path, cli: Cli) -> None:
    """Setting by setting: what another layer says of one, it overrules. Seen to fail when the line decided on
    the option as a whole.
    """
    north, oak = CONFIG / "groups/north.yaml", CONFIG / "firms/oak.yaml"
    north.write_text(f"{north.read_text()}  chat: null\n")
    oak.write_text(f"{oak.read_text()}  chat: {{audience: {{any: [individual]}}}}\n")
    (firm,) = json.loads(cli("explain", "groups/north.yaml:8", "--format=json", AT).out)["firms"]
    assert firm["decides"] == [FIELD]
    (other,) = firm["overruled"]
    assert (other["path"], other["by"]["layer"]) == ("chat.audience", "firm oak")
    assert (firm["variants"], firm["clients"]) == (4, 40)
    assert world.exists()


def test_a_line_in_firms_that_the_portal_does_not_have(world: Path, cli: Cli) -> None:
    """They go by the copies of their facts; where there is none, that is said. Seen to fail when one new firm
    kept the portal from being asked about the others.
    """
    network_of(CONFIG, ["ash", "elm"])
    (CONFIG / "facts/elm.yaml").unlink()
    result = cli("explain", "defaults.yaml:10", "--format=json", AT)
    found = json.loads(result.out)
    assert ([each["id"] for each in found["firms"]], found["unread"]) == (["ash", "oak"], ["elm"])
    assert (found["environment"], result.err) == ("local", "")
    told = cli("explain", "defaults.yaml:10", AT).out
    assert "! Of some firms neither the portal nor facts/ knows more: elm" in told
    (CONFIG / "facts/ash.yaml").unlink()
    alone = cli("explain", "firms/ash.yaml:8", "--offline", AT)
    assert (alone.code, "facts-missing" in alone.err) == (ExitCode.INVALID, True)
    assert world.exists()


def test_a_firms_own_line_needs_no_other_firms_files(world: Path, cli: Cli) -> None:
    network_of(CONFIG, ["ash"])
    (CONFIG / "firms/ash.yaml").write_text("no: firm\n")
    assert cli("explain", "firms/oak.yaml:12", AT).code == 0
    assert cli("explain", "defaults.yaml:10", AT).code == ExitCode.INVALID
    assert world.exists()


def test_a_line_without_a_portal_goes_by_the_copies(world: Path, cli: Cli) -> None:
    away()
    result = cli("explain", "defaults.yaml:10", AT)
    assert result.code == 0
    assert "It decides in 1 firm, on 4 of 12 pages of sample clients: 40 clients" in result.out
    assert "The files are explained all the same" in result.err
    assert world.exists()


def test_it_only_reads(world: Path, cli: Cli, requests: list[str]) -> None:
    before, portal = everything(world), DATABASE.read_bytes()
    assert cli("explain", "oak", "--persona=ada").code == cli("explain", "oak").code == 0
    assert {*requests} <= {"GET"}
    assert (everything(world), DATABASE.read_bytes()) == (before, portal)


WRONG = {
    "no such firm": (("oka",), "oka"),
    "no such setting": (("oak", "chat.clients_can_strat"), "Did you mean chat.clients_can_start?"),
    "a block": (("oak", "chat.new_chat"), "It is a block: --page home and --persona explain it."),
    "no such client": (("oak", "--persona=adda"), "Did you mean ada?"),
    "both": (("oak", FIELD, "--page=home"), "One thing is explained: a setting, a page or a line."),
    "a line and a page": (("defaults.yaml:10", "--page=home"), "FILE:LINE stands alone."),
    "no layer": (("facts/oak.yaml:1",), "The configuration has no layer in facts/oak.yaml."),
    "a file that is not there": (("firms/elm.yaml:1",), "has no layer in firms/elm.yaml."),
    "a file without a line": (
        ("firms/oak.yaml",),
        "Add a colon and the number of the line: firms/oak.yaml:12.",
    ),
    "a line that says nothing": (("defaults.yaml:1",), "defaults.yaml:1 says nothing of a setting."),
    "a line that is not there": (("defaults.yaml:999",), "says nothing of a setting."),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use(name: str, world: Path, cli: Cli) -> None:
    arguments, told = WRONG[name]
    result = cli("explain", *arguments)
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert told in result.err
    assert world.exists()


def test_it_speaks_german(world: Path, cli: Cli) -> None:
    assert "✓ defaults: ein" in cli("explain", "oak", FIELD, "--lang=de").out
    page = flat(cli("explain", "oak", "--page=chats", "--persona=ada", "--lang=de").out)
    assert "würde es verbergen und ist nicht so: Mandanten dürfen keine Chats beginnen" in page
    assert world.exists()
