"""`ignore:`: what others own on the portal is neither compared nor touched."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli
from tests.cli.hand_edits import (
    FIRM,
    NOTICE,
    apply_what_the_files_say,
    by_hand,
    chat_off,
    edited_by_hand,
    say,
    title_changed,
)

from portalsync.model.edit import Edit

NETWORK = Path("portal-config/portalsync.yaml")
VENDOR = "announcements.items.vendor-news"
NEWS = (Edit(f"{VENDOR}.title", after={"en": "New"}), Edit(f"{VENDOR}.body", after={"en": "Faster uploads."}))


@pytest.fixture
def noticed(world: Path, cli: Cli) -> Path:
    """The firm's announcements are the whole truth, and applied."""
    assert cli("apply", "plan.json").code == 0
    say(NOTICE)
    apply_what_the_files_say(cli)
    return world


def ignore(path: Path, *patterns: str) -> None:
    with path.open("a") as file:
        file.write(f"ignore: {json.dumps(patterns)}\n")


def is_as_wanted(cli: Cli) -> bool:
    planned = cli("plan", "--detailed-exitcode", AT)
    return (planned.code, cli("drift", "--detailed-exitcode").code) == (0, 0)


@pytest.mark.parametrize("file", [NETWORK, FIRM])
def test_an_entry_of_others_stays(noticed: Path, cli: Cli, file: Path) -> None:
    """In a list that is the whole truth for the rest: also when something else there is applied. Seen to fail
    when what is in force left ignored entries out, and when the digest of what is wanted did.
    """
    del noticed
    edited_by_hand(*NEWS)
    assert not is_as_wanted(cli)
    ignore(file, "announcements.items.vendor-*")
    assert is_as_wanted(cli)
    title_changed()
    found = cli("drift", "--format=json")
    (firm,) = json.loads(found.out)["firms"]
    assert [each["path"] for each in firm["changes"]] == ["announcements.items.hours.title"]
    apply_what_the_files_say(cli)
    assert is_as_wanted(cli)
    by_hand(f"{VENDOR}.title", before={"en": "New"}, after={"en": "Newer"})  # it is still there
    assert is_as_wanted(cli)


def test_a_field_of_others(noticed: Path, cli: Cli) -> None:
    """Whoever sets it below: portalsync lets go of it, and says so."""
    del noticed
    say(NOTICE + "  chat: {clients_can_start: true}\n")
    apply_what_the_files_say(cli)
    chat_off()
    ignore(NETWORK, "chat")
    planned = cli("plan", AT)
    assert "chat.clients_can_start is set here and ignored" in planned.err
    assert "only what is managed here changes" in planned.out
    assert "unset: true" not in planned.out  # nobody is told how to take away what is another's
    apply_what_the_files_say(cli)
    assert is_as_wanted(cli)


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("chat.clients_can_strat", "Did you mean chat.clients_can_start?"),
        ("announcements.items.hours.title", "announcements.items.hours"),
        ("*", "a settings path"),
    ],
)
def test_what_cannot_be_ignored(world: Path, cli: Cli, pattern: str, hint: str) -> None:
    del world
    ignore(NETWORK, pattern)
    found = cli("validate")
    assert found.code == 3
    assert hint in found.out + found.err
