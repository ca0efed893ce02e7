"""What an admin sees in the editor: help, completion, examples to fill in, problems in plain words."""

import re
import textwrap
from pathlib import Path

import pytest
from tests.editors.language_server import LanguageServer

from portalsync.catalog import OPTIONS
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.option import ListField, Option
from portalsync.catalog.schema import schema_for
from portalsync.cli import run
from portalsync.config.yaml import parse
from portalsync.resources import folder

pytestmark = pytest.mark.editors
FIRMS = "portal-config/firms"
HEAD = "apiVersion: portalsync/v1\nkind: Firm\nid: oak\n"
EXAMPLE = sorted(folder("portal-config").rglob("*.yaml"))
each_option = pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)


def within(option: Option, below: str) -> str:
    return f"{HEAD}options:\n  {option.key}:\n{textwrap.indent(below, '    ')}"


def typed(template: str) -> str:
    """What stands in the file once somebody has filled in the places of a snippet as they are offered."""
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", template)


def problems_of(text: str) -> list[object]:
    """What portalsync itself would find."""
    return list(faults(validator(schema_for("firm")), parse(text.encode(), "oak.yaml").data))


@each_option
def test_hover_explains_an_option_and_its_fields(editor: LanguageServer, option: Option) -> None:
    assert option.description in editor.hover(
        FIRMS, within(option, "{}").replace(option.key, f"|{option.key}")
    )
    for field in option.all_fields:
        said = editor.hover(FIRMS, within(option, f"|{field.name}: null\n"))
        assert field.description in said
        if not isinstance(field, ListField):
            assert "Example" in said


def test_hover_explains_each_value_of_a_choice(editor: LanguageServer) -> None:
    said = editor.hover(FIRMS, f"{HEAD}options:\n  prepayments:\n    |method: card\n")
    assert "`bank_debit`: By direct debit from the client's bank account." in said
    assert "`null`: Stop inheriting" in said


def test_an_empty_file_is_offered_what_it_must_begin_with(editor: LanguageServer) -> None:
    offered = editor.completions(FIRMS, "|")
    assert offered["firm"].inserts == "apiVersion: portalsync/v1\nkind: Firm\nid: "
    assert offered["kind"].inserts == "kind: Firm"
    assert "$schema" not in offered


def test_options_are_offered_each_with_its_explanation(editor: LanguageServer) -> None:
    offered = editor.completions(FIRMS, f"{HEAD}options:\n  |")
    assert {option.key: option.description for option in OPTIONS} == {
        key: each.documentation for key, each in offered.items() if not key.endswith(": example")
    }


@each_option
def test_an_option_is_offered_filled_in(editor: LanguageServer, option: Option) -> None:
    """Seen to fail when a colour was typed without quotes, as a comment, and an address over two lines."""
    label = f"{option.key}: example"
    whole = typed(editor.completions(FIRMS, f"{HEAD}options:\n  |")[label].inserts)
    assert whole.startswith(f"{option.key}:\n")
    assert problems_of(f"{HEAD}options:\n{textwrap.indent(whole, '  ')}\n") == []
    inside = typed(editor.completions(FIRMS, within(option, "|"))[label].inserts)
    assert problems_of(within(option, inside)) == []
    assert textwrap.indent(inside, "  ") == whole.partition("\n")[2]


def test_the_profile_is_offered_filled_in(editor: LanguageServer) -> None:
    example = typed(editor.completions(FIRMS, f"{HEAD}profile:\n  |")["profile: example"].inserts)
    text = f"{HEAD}profile:\n{textwrap.indent(example, '  ')}\n"
    assert problems_of(text) == []
    assert parse(text.encode(), "oak.yaml").data["profile"]["accent_color"].startswith("#")  # type: ignore[call-overload,index,union-attr]


def test_an_entry_of_a_list_is_offered_filled_in(editor: LanguageServer) -> None:
    before = f"{HEAD}options:\n  announcements:\n    items:\n    - "
    entry = typed(editor.completions(FIRMS, before + "|")["items: one entry"].inserts)
    assert problems_of(before + entry.replace("\n", "\n    ")) == []


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (
            "options:\n  prepayments:\n    method: |",
            {"card", "bank_debit", "client_choice", "null", "{unset: true}"},
        ),
        ("options:\n  chat:\n    clients_can_start: |", {"true", "false", "null", "{unset: true}"}),
        ("profile:\n  locales:\n  - |", {"de", "en"}),
        (
            "profile:\n  time_zone: |",
            {"Europe/Berlin", "Europe/Vienna", "America/New_York", "null", "{unset: true}"},
        ),
        ("profile:\n  phone:\n    |", {"{unset: true}"}),
        ("profile:\n  welcome:\n    |", {"en", "de", "unset"}),
        ("options:\n  done_uploading:\n    button: true\n    |", {"dialog_checkbox", "audience", "unset"}),
    ],
)
def test_values_and_missing_keys_are_offered(editor: LanguageServer, text: str, offered: set[str]) -> None:
    found = set(editor.completions(FIRMS, HEAD + text))
    assert {each for each in found if not each.endswith(": example")} == offered


def test_a_choice_is_offered_with_the_meaning_of_each_value(editor: LanguageServer) -> None:
    offered = editor.completions(FIRMS, f"{HEAD}options:\n  prepayments:\n    method: |")
    assert offered["card"].documentation == "By credit or debit card."


NOT_SO = "no user, no port, no number"
LINK = f"A full address such as https://www.example.com/page, with a name as its host: {NOT_SO}."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD.replace("oak", "Oak Ltd"), "An id: lower-case letters, digits and hyphens."),
        (HEAD + "groups: [North]", "An id: lower-case letters, digits and hyphens."),
        (HEAD + "profile:\n  accent_color: red", "A colour as # and six hex digits, for example #1f5f5b."),
        *(
            (f"{HEAD}options:\n  appointments:\n    url: {address}", LINK)
            for address in (
                "http://x.example",
                "https://me@x.example/",
                "https://x.example:8443/",
                "https://192.0.2.7/",
                "https://b\u00fccher.example/",
            )
        ),
        (f"{HEAD}profile:\n  email: a%2Cb@x.example", "An e-mail address."),
        (f"{HEAD}profile:\n  time_zone: CET", "A time zone by its name, for example Europe/Berlin."),
        (
            f"{HEAD}options:\n  announcements:\n    items:\n    - id: a\n      starts: 2027-13-01",
            "A day as 2027-01-15, or a time as 2027-01-15T18:00.",
        ),
        (
            f"{HEAD}options:\n  work_in_progress:\n    statuses:\n    - id: hidden",
            "An id: lower-case letters, digits and hyphens; `hidden` is taken.",
        ),
        (
            HEAD + "options:\n  announcements:\n    items:\n    - id: a\n      starts: soon",
            "A day as 2027-01-15, or a time as 2027-01-15T18:00.",
        ),
        (HEAD + "options:\n  chatt: {}", "Property chatt is not allowed."),
        (HEAD + "options:\n  chat:\n    enable: true", "Property enable is not allowed."),
        (
            HEAD + "options:\n  prepayments:\n    method: cash",
            'Value is not accepted. Valid values: "card", "bank_debit", "client_choice", null.',
        ),
        (
            HEAD + "options:\n  chat:\n    clients_can_start: maybe",
            "Incorrect type. Expected one of boolean, null, object.",
        ),
        (HEAD.replace("Firm", "Frim"), 'Value must be "Firm".'),
        ("kind: Firm\nid: oak\n", 'Missing property "apiVersion".'),
    ],
)
def test_problems_are_underlined_in_plain_words(editor: LanguageServer, text: str, problem: str) -> None:
    assert editor.problems(FIRMS, text) == [problem]


@pytest.mark.parametrize("file", EXAMPLE, ids=lambda file: file.name)
def test_the_example_has_no_problems_and_its_modelines_lead_to_the_schemas(
    editor: LanguageServer, file: Path
) -> None:
    place = Path("portal-config") / file.relative_to(folder("portal-config")).parent
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert editor.problems(str(place), text) == []
    # Beside it, where no setting of the editor reaches, the modeline alone leads there.
    assert "Property nonsense is not allowed." in editor.problems(
        str(place).replace("portal-config", "other"), f"{text}\nnonsense: 1\n"
    )


def test_a_file_of_somebody_who_knew_no_schemas_has_help_after_one_command(
    editor: LanguageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that no setting of the editor names. Seen to fail when --write left such files alone."""
    monkeypatch.chdir(editor.workspace)
    Path("by-hand/firms").mkdir(parents=True)
    Path("by-hand/portalsync.yaml").touch()
    oak = Path("by-hand/firms/oak.yaml")
    oak.write_text(f"# Ours.\r\n{HEAD}nonsense: 1\n", encoding="utf-8", newline="")
    assert run(["schema", "--write", "schemas", "--config", "by-hand"]) == 0
    text = oak.read_text(encoding="utf-8")
    assert editor.problems("by-hand/firms", text) == ["Property nonsense is not allowed."]


def test_all_kinds_of_files_have_help(editor: LanguageServer) -> None:
    for place, key in {
        "personas": "todos",
        "facts": "payment_providers",
        "groups": "options",
        ".": "environments",
    }.items():
        name = "portalsync" if place == "." else None
        assert key in editor.completions(f"portal-config/{place}", "|", name)


def test_every_pattern_says_in_words_what_it_wants() -> None:
    """Else editors show the pattern itself."""
    for kind in ("network", "defaults", "group", "firm", "persona", "facts"):
        assert list(_wordless(schema_for(kind))) == []


def _wordless(schema: object, way: str = "") -> list[str]:
    if isinstance(schema, list):
        return [each for index, item in enumerate(schema) for each in _wordless(item, f"{way}/{index}")]
    if not isinstance(schema, dict):
        return []
    here = [way] if isinstance(schema.get("pattern"), str) and "patternErrorMessage" not in schema else []
    parts = {key: value for key, value in schema.items() if key not in ("propertyNames", "examples")}
    return here + [each for key, item in parts.items() for each in _wordless(item, f"{way}/{key}")]
