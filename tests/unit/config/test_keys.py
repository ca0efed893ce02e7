"""Keys at the wrong place, and lines that are no key and value to YAML, are told as a person would."""

import pytest
from tests.unit.config.german import only_english

from portalsync.catalog.files.layers import FIRM
from portalsync.config.document import check_file
from portalsync.config.file import HeldFile
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig

HEAD = "apiVersion: portalsync/v1\nkind: Firm\nid: oak\nprofile:\n  name: Oak\n"
"""A row begins in line 6."""
ROWS = {
    "no space behind a colon": (
        "options:\n  chat:\n    clients_can_start:false",
        "8:5 The space behind the colon of `clients_can_start` is missing. Write: clients_can_start: false",
    ),
    "no space behind two colons": (
        "options:\n  done_uploading:\n    button:false\n    dialog_checkbox:true",
        "8:5 The space behind the colon of `button` is missing. Write: button: false",
    ),
    "no colon": (
        "options:\n  chat:\n    clients_can_start false",
        "8:5 The colon behind `clients_can_start` is missing. Write: clients_can_start: false",
    ),
    "another sign than a colon": (
        "options:\n  chat:\n    clients_can_start = false",
        "8:5 The colon behind `clients_can_start` is missing. Write: clients_can_start: false",
    ),
    "no space in braces": (
        "options:\n  chat: {clients_can_start:false}",
        "7:10 The space behind the colon of `clients_can_start` is missing. Write: clients_can_start: false",
    ),
    "no space in braces that unset": (
        "options:\n  chat: {unset:true}",
        "7:10 The space behind the colon of `unset` is missing. Write: unset: true",
    ),
    "no space behind any dash": (
        "groups:\n  -north\n  -south",
        "7:3 The space behind the dash is missing. Write: - north",
    ),
    "bullets": (
        "groups:\n  • north\n  • south",
        "7:3 An entry of a list begins with a hyphen, not with `•`. Write: - north",
    ),
    "a comma behind a switch": (
        "options:\n  chat:\n    clients_can_start: off,",
        "8:24 clients_can_start is the text “off,”. Write false.",
    ),
    "a blank of a web page before a key": (
        "options:\n\u00a0\u00a0chat: {clients_can_start: true}",
        ("7:1 This blank looks like a space and is none: it comes from a web page or a word processor. "
        "Delete the blanks here, and press the space bar instead."),
    ),
    "a blank of a web page behind a colon": (
        "options:\n  chat:\n    clients_can_start:\u00a0true",
        ("8:5 This blank looks like a space and is none: it comes from a web page or a word processor. "
        "Delete the blanks here, and press the space bar instead."),
    ),
    "an option at the margin": (
        "options:\n  prepayments:\n    enabled: true\nchat: off",
        ("9:1 The key chat is not known here. It belongs to options: write it below options, "
        "indented further."),
    ),
    "an option inside of another": (
        "options:\n  prepayments:\n    enabled: true\n    chat:\n      clients_can_start: true",
        ("9:5 The key chat is not known in prepayments. It belongs beside prepayments: indent it as far as "
        "prepayments."),
    ),
    "an option in the profile": (
        "  chat:\n    clients_can_start: false",
        ("6:3 The key chat is not known in profile. It belongs to options: write it below options, indented "
        "further."),
    ),
    "a key at the margin, below what is empty then": (
        "options:\n  chat:\n  clients_can_start: true",
        ("8:3 The key clients_can_start is not known in options. If it belongs to chat, indent it "
        "further than chat."),
    ),
    "a switch in place of an option": (
        "options:\n  chat: off",
        "7:9 chat is the text “off”. Write it on a line below, indented further: clients_can_start: false",
    ),
    "an option with nothing in it": (
        "options:\n  chat:",
        ("7:3 Nothing stands after chat. Write below it, indented further, what belongs to it, for example "
        "clients_can_start: true, or delete the line."),
    ),
    "no options": (
        "options:",
        ("6:1 Nothing stands after options. Write below it, indented further, what belongs to it, or delete "
        "the line."),
    ),
}  # fmt: skip


def wrong(rest: str) -> list[Diagnostic]:
    content = f"{HEAD}{rest}\n".encode()
    with pytest.raises(InvalidConfig) as refused:
        check_file(HeldFile("", "firms/oak.yaml", FIRM.name, b"", content=content))
    return [*refused.value.diagnostics]


@pytest.mark.parametrize(("rest", "expected"), ROWS.values(), ids=ROWS)
def test_it_is_said_what_is_wrong_with_a_key_and_where(rest: str, expected: str) -> None:
    """Seen to fail: `chat is the text “clients_can_start:false”`, at the line of `chat`."""
    found = wrong(rest)
    said = [f"{each.position.line}:{each.position.column} {each.message} {each.hint}" for each in found]
    assert said == [expected]
    assert only_english(found) == []


def test_a_key_in_quotes_needs_no_space_behind_its_colon_between_braces() -> None:
    """YAML 1.2 takes it as JSON."""
    content = b'{"apiVersion":"portalsync/v1","kind":"Firm","id":"oak","profile":{"name":Oak}}\n'
    document = check_file(HeldFile("", "firms/oak.yaml", FIRM.name, b"", content=content))
    assert document.data["profile"] == {"name": "Oak"}
