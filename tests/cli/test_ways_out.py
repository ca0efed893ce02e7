"""The ways out of drift: setting by setting, ours is restored, the portal's kept, or neither minded."""

import json
import subprocess
from difflib import ndiff
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli
from tests.cli.hand_edits import (
    FIRM,
    HOURS,
    NOTICE,
    apply_what_the_files_say,
    by_hand,
    chat_off,
    edited_by_hand,
    say,
    title_changed,
)

from portalsync.catalog.kinds.image import data_uri
from portalsync.model.edit import Edit

CHAT = "chat.clients_can_start"


@pytest.fixture
def drifted(world: Path, cli: Cli) -> Path:
    """Two settings of the firm were changed by hand."""
    assert cli("apply", "plan.json").code == 0
    say(NOTICE + "  chat: {clients_can_start: true}\n")
    apply_what_the_files_say(cli)
    title_changed()
    chat_off()
    return world


def left(cli: Cli) -> list[str]:
    """Paths at which there is drift."""
    firms = json.loads(cli("drift", "--format=json").out)["firms"]
    return [change["path"] for firm in firms for change in firm["changes"]]


def test_one_setting_is_restored_and_no_other(drifted: Path, cli: Cli) -> None:
    """By an ordinary plan. Seen to fail when the plan was made of all that the files say."""
    del drifted
    assert left(cli) == [HOURS, CHAT]
    found = cli("drift", f"--restore={CHAT}", "--out=restore.json", AT)
    assert (found.code, "undoes" in found.err, "Saved to restore.json" in found.err) == (0, True, True)
    assert "1 more setting has drifted and stays as it is" in found.err
    assert "Only changes by hand that were named are undone" in found.err
    (firm,) = json.loads(cli("show", "restore.json", "--format=json").out)["firms"]
    assert [change["edit"]["path"] for change in firm["changes"]] == [CHAT]
    assert cli("apply", "restore.json").code == 0
    (rest,) = json.loads(cli("drift", "--format=json").out)["firms"]
    assert [(each["path"], each["changed"]["actor"]) for each in rest["changes"]] == [(HOURS, "Dana Reyes")]
    assert cli("drift", "--restore=announcements", "--out=rest.json", AT).code == 0
    assert cli("apply", "rest.json").code == 0
    assert left(cli) == []
    assert cli("plan", "--detailed-exitcode", AT).code == 0


def file_edits(before: str) -> list[str]:
    """Lines of the firm's file that went and came."""
    return [line for line in ndiff(before.splitlines(), FIRM.read_text().splitlines()) if line[0] in "-+"]


def test_the_portals_is_kept(drifted: Path, cli: Cli) -> None:
    """One line of the file is another, its comment stays, and there is nothing left to do."""
    del drifted
    say(NOTICE + "  chat:\n    clients_can_start: true # since the spring\n")
    before = FIRM.read_text()
    assert "--keep PATH" in cli("drift").out
    found = cli("drift", "--keep=chat")
    assert "--keep PATH" not in found.out, "whoever takes a way out is not told of it"
    assert (found.code, "Edited portal-config/firms/oak.yaml" in found.err) == (0, True)
    assert file_edits(before) == [
        "-     clients_can_start: true # since the spring",
        "+     clients_can_start: false # since the spring",
    ]
    assert left(cli) == [HOURS]
    assert cli("drift", "--keep=all", "--restore=chat", "--out=restore.json").code == 64  # it has not drifted
    assert cli("drift", "--keep=all").code == 0
    assert "title: {en: Opening hours}" in FIRM.read_text()
    assert left(cli) == []
    assert cli("plan", "--detailed-exitcode", AT).code == 0


def test_what_a_lower_layer_says_is_kept_in_the_firms_own(drifted: Path, cli: Cli) -> None:
    del drifted
    say(NOTICE)  # chat is said by the defaults
    assert cli("drift", "--keep=chat").code == 0
    assert FIRM.read_text().endswith(NOTICE + "\n  chat:\n    clients_can_start: false\n")
    assert left(cli) == [HOURS]


def test_it_is_managed_no_more(drifted: Path, cli: Cli) -> None:
    """A null over what a lower layer says, an entry that is ignored. Seen to fail where the line alone went,
    and the defaults said the same.
    """
    del drifted
    assert cli("drift", "--keep=announcements.items.hours", "--unmanage=all", "--patch=other.patch").code == 0
    assert "ignore" not in Path("other.patch").read_text()  # all is what no other path names
    assert cli("drift", "--unmanage=all").code == 0
    said = FIRM.read_text()
    assert "chat:\n    clients_can_start: null" in said or "chat: {clients_can_start: null}" in said
    assert "ignore: [announcements.items.hours]\n" in said
    assert "items: []" in said
    assert left(cli) == []
    assert cli("apply", "--yes", AT).code == 0
    by_hand(CHAT, before=False, after=True)
    assert left(cli) == []
    assert cli("plan", "--detailed-exitcode", AT).code == 0


NEW = "announcements.items.new"
BODY = "announcements.items.hours.body"


@pytest.mark.parametrize(
    ("edits", "way", "said"),
    [
        (
            [Edit(f"{NEW}.title", after={"en": "New"}), Edit(f"{NEW}.body", after={"en": "A\n\nb."})],
            "--keep=announcements.items.new.title",
            "      - id: new\n        title: {en: New}\n        body:\n          en: |\n            A\n\n",
        ),
        ([Edit(HOURS, {"en": "Hours"}), Edit(BODY, {"en": "Nine to five."})], "--keep=all", "items: []\n"),
        (
            [Edit(f"{NEW}.title", after={"en": "New"}), Edit(f"{NEW}.body", after={"en": "Text."})],
            f"--unmanage={NEW}",
            "ignore: [announcements.items.new]\n",
        ),
        ([Edit("announcements.items.hours.ends", after="2027-03-01")], "--keep=all", "ends: 2027-03-01"),
        ([Edit(CHAT, before=True)], "--keep=all", "clients_can_start: {unset: true}"),
        ([Edit(CHAT, before=True)], "--unmanage=all", "clients_can_start: null"),
    ],
)
def test_entries_and_values_that_came_and_went(
    world: Path, cli: Cli, edits: list[Edit], way: str, said: str
) -> None:
    """What clients cannot have by halves goes as a whole."""
    del world
    assert cli("apply", "plan.json").code == 0
    say(NOTICE)
    apply_what_the_files_say(cli)
    edited_by_hand(*edits)
    assert left(cli) == sorted(each.path for each in edits)
    found = cli("drift", way)
    assert (found.code, said in FIRM.read_text()) == (0, True), (found.err, FIRM.read_text())
    assert left(cli) == []
    apply_what_the_files_say(cli)
    assert cli("plan", "--detailed-exitcode", AT).code == 0


def test_a_patch(drifted: Path, cli: Cli) -> None:
    """The same edits for `git apply`, and no file is touched before."""
    before = FIRM.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    FIRM.write_bytes(before)
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=drifted)
    found = cli("drift", "--keep=chat", "--unmanage=announcements", "--patch=keep.patch")
    assert (found.code, FIRM.read_bytes()) == (0, before), found.err
    subprocess.run(["git", "apply", "--check", "keep.patch"], check=True, cwd=drifted)
    subprocess.run(["git", "apply", "keep.patch"], check=True, cwd=drifted)
    assert left(cli) == []
    assert cli("drift", "--keep=all").code == 0


def test_a_picture_is_kept_as_a_file_of_its_own(drifted: Path, cli: Cli) -> None:
    """By a patch too, whatever it holds; one that is none is refused, and no file is touched."""
    ours = data_uri("oak.svg", Path("portal-config/assets/oak.svg").read_bytes())
    wrong, right = "data:image/png;base64,AAAA", data_uri("x.png", b"\x89PNG\r\n\x1a\n" + bytes(200))
    edited_by_hand(Edit("profile.logo", ours, wrong))
    before = FIRM.read_bytes()
    found = cli("drift", "--keep=all")
    assert (found.code, "profile.logo cannot be kept: The file is not the PNG" in found.err) == (1, True)
    assert FIRM.read_bytes() == before
    edited_by_hand(Edit("profile.logo", wrong, right))
    assert cli("drift", "--keep=all", "--patch=keep.patch").code == 0
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=drifted)
    subprocess.run(["git", "apply", "keep.patch"], check=True, cwd=drifted)
    assert data_uri("x.png", Path("portal-config/assets/oak.png").read_bytes()) == right
    assert left(cli) == []


def test_what_is_pending_in_the_files_is_not_restored(drifted: Path, cli: Cli) -> None:
    """The plan undoes what was done by hand; what somebody wrote meanwhile goes its own way."""
    del drifted
    say(
        NOTICE.replace("Nine", "Ten")
        + "  chat: {clients_can_start: true}\n  done_uploading: {button: true}\n"
    )
    assert cli("drift", "--restore=all", "--out=restore.json", AT).code == 0
    (firm,) = json.loads(cli("show", "restore.json", "--format=json").out)["firms"]
    assert [change["edit"]["path"] for change in firm["changes"]] == [HOURS, CHAT]
    assert cli("apply", "restore.json").code == 0
    assert left(cli) == []
    assert cli("plan", "--detailed-exitcode", AT).code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--restore=all",), "--restore and --out belong together"),
        (("--out=plan2.json",), "--restore and --out belong together"),
        (("--keep=chat", "--restore=chat", "--out=plan2.json"), "cannot go two ways: --keep and --restore"),
        (("--keep=all", "--unmanage=all"), "cannot go two ways: --keep and --unmanage"),
        (("--keep=chat.clients_can_strat",), "Did you mean chat.clients_can_start?"),
        (("--patch=plan2.json",), "A patch edits files"),
        (("--unmanage=profile",), "There is drift at announcements.items.hours.title, chat."),
    ],
)
def test_what_cannot_be_asked(drifted: Path, cli: Cli, arguments: tuple[str, ...], told: str) -> None:
    del drifted
    found = cli("drift", *arguments)
    assert (found.code, told in " ".join(found.err.split())) == (64, True), found.err
    assert not Path("plan2.json").exists()


def test_a_shell_offers_what_can_be_named(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setenv("_PORTALSYNC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("COMP_WORDS", "portalsync drift --keep a")
    assert cli().out.startswith("plain,all\nplain,appointments\nplain,appointments.enabled\n")
