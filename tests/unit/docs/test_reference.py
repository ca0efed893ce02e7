"""The reference is the code's: it is fresh, it leaves nothing out, and its examples are right."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from tests.docs.reading import DOCUMENTS, ROOT, blocks

from portalsync.catalog import FIELDS, OPTIONS, SECTIONS
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.schema import schema_for, schemas
from portalsync.cli import program, run
from portalsync.config.yaml import parse
from portalsync.conformance.check import Check
from portalsync.conformance.checks import CHECKS
from portalsync.errors import ExitCode
from portalsync.lexicon import lexicon_of
from portalsync.model.json_value import JSON
from portalsync.views.codes import explanations
from portalsync.views.reference import mark, reference
from portalsync.views.reference.markdown import code, plain, table, value
from portalsync.views.reference.takes import takes

REFERENCE = ROOT / "docs" / "reference"
EN, DE = lexicon_of("en"), lexicon_of("de")
PAGES = reference(program, {}, EN)
MARK = mark(EN)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return "".join(capsys.readouterr())


def test_the_reference_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """Run: portalsync docs --write docs/reference. Seen to fail for a description that was changed."""
    assert run(["docs", f"--check={REFERENCE}"]) == ExitCode.DONE, printed(capsys)


def test_the_german_reference_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """Run: portalsync docs --write docs/reference/de --lang de. Neither takes the other's pages for its."""
    assert run(["docs", f"--check={REFERENCE / 'de'}", "--lang=de"]) == ExitCode.DONE, printed(capsys)


def test_the_german_reference_has_the_same_parts_without_english_sentences() -> None:
    """What only those read who write programs is English."""
    german = reference(program, {}, DE)
    assert PAGES.keys() - german.keys() == {"files.md", "formats.md", "rules.md", "checks.md"}
    for path, page in german.items():
        parts = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in (page, PAGES[path])]
        assert parts[0] == parts[1], path
        prose = re.sub(r"```.*?```|`[^`]*`", "", page, flags=re.DOTALL)
        assert re.findall(r"\b(?:the|and|with|clients|Without|Takes)\b.*", prose) == [], path


def test_stale_pages_are_named_with_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is changed, one that is missing, one that nothing writes any more."""
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    (folder / "files.md").write_text(MARK + "Old.\n", encoding="utf-8")
    (folder / "commands.md").unlink()
    (folder / "options" / "fax.md").write_text(MARK + "# Fax\n", encoding="utf-8")
    assert run(["docs", f"--check={folder}"]) == ExitCode.ERROR
    said = printed(capsys)
    assert "commands.md, files.md, options/fax.md" in said
    assert f"portalsync docs --write {folder}" in said


def test_writing_removes_its_own_pages_only(tmp_path: Path) -> None:
    """A page of an option that is gone goes; what somebody wrote beside it stays."""
    (tmp_path / "options").mkdir()
    old, own = tmp_path / "options" / "fax.md", tmp_path / "notes.md"
    old.write_text(MARK + "# Fax\n", encoding="utf-8")
    own.write_text("# Notes\n", encoding="utf-8")
    assert run(["docs", f"--write={tmp_path}"]) == ExitCode.DONE
    assert not old.exists()
    assert own.exists()
    assert run(["docs", f"--check={tmp_path}"]) == ExitCode.DONE


@pytest.mark.parametrize("arguments", [[], ["--write=a", "--check=b"]])
def test_either_write_or_check(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docs", *arguments]) == ExitCode.USAGE
    assert "Give either --write or --check." in printed(capsys)


@pytest.mark.parametrize("path", FIELDS)
def test_every_field_has_its_place(path: str) -> None:
    """Seen to fail when the fields of list entries were left out."""
    page = PAGES[f"options/{path.partition('.')[0]}.md"]
    assert f"\n### {path.replace('.*.', '[].')}\n" in page
    assert FIELDS[path].description in page


@pytest.mark.parametrize("option", SECTIONS, ids=lambda option: option.key)
def test_every_rule_and_block_has_its_place(option: Any) -> None:
    page = PAGES[f"options/{option.key}.md"]
    assert page.count("\n| *") == len(option.blocks)
    for rule in option.rules:
        assert f"\n### {rule.code}\n" in page
        assert f"\n## {rule.code}\n" in PAGES["error-codes.md"]


def test_every_option_is_listed() -> None:
    index = PAGES["options/index.md"]
    assert all(f"]({option.key}.md)" in index for option in OPTIONS)


@pytest.mark.parametrize("word", explanations("en"))
def test_every_code_is_explained(word: str) -> None:
    assert f"\n## {word}\n" in PAGES["error-codes.md"]


@pytest.mark.parametrize("ending", ExitCode, ids=str)
def test_every_exit_code_is_explained(ending: ExitCode) -> None:
    assert f"| `{ending.value}` | {ending.meaning} |" in PAGES["exit-codes.md"]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_of_a_portal_is_listed(check: Check) -> None:
    assert f"| `{check.code}` | {check.demand} | [{check.section}]" in PAGES["checks.md"]


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


@pytest.mark.parametrize(("name", "command"), [*_commands(program, "portalsync")])
def test_every_command_and_option_is_listed(name: str, command: click.Command) -> None:
    """With its variable. Seen to fail when the commands of a group were left out."""
    _, _, after = PAGES["commands.md"].partition(f"\n## {name}\n")
    section = after.partition("\n## ")[0]
    assert f"{name} " in section
    for option in command.params:
        if isinstance(option, click.Option):
            assert f"`{option.opts[0]}" in section
            assert f"`{option.envvar}`" in section


@pytest.mark.parametrize("kind", schemas())
def test_every_key_of_a_file_is_listed(kind: str) -> None:
    title = schema_for(kind)["markdownDescription"]
    section = next(part for part in PAGES["files.md"].split("\n## ") if f". {title}\n" in part)
    properties = schema_for(kind)["properties"]
    assert isinstance(properties, dict)
    for key in properties.keys() - {"$schema"}:
        assert f"`{key}`" in section


def _examples() -> Iterator[Any]:
    """YAML in the reference and in the documents: a whole file, or part of a firm's or the network's."""
    for option in SECTIONS:
        page = PAGES[f"options/{option.key}.md"]
        yield pytest.param(page.split("```yaml\n")[1].split("```")[0], id=option.key)
    for document in DOCUMENTS:
        for number, block in enumerate(blocks(document)):
            if block.language == "yaml":
                yield pytest.param(block.content, id=f"{document}-{number}")


@pytest.mark.parametrize("text", [*_examples()])
def test_examples_are_accepted(text: str) -> None:
    """Seen to fail for a misspelt key in a guide."""
    content = parse(text.encode(), "example.yaml").data
    assert isinstance(content, dict)
    firm: dict[str, JSON] = {"apiVersion": "portalsync/v1", "kind": "Firm", "id": "muster"}
    network: dict[str, JSON] = {
        "apiVersion": "portalsync/v1",
        "kind": "Network",
        "name": "Muster",
        "default_environment": "local",
        "environments": {"local": {"backend": "embedded", "database": "portal.db"}},
    }
    around = network if "guardrails" in content else firm
    whole: dict[str, JSON] = content if "kind" in content else {**around, **content}
    checker = validator(schema_for(str(whole["kind"]).lower()))
    assert [fault.path for fault in faults(checker, whole)] == []


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"const": "Firm"}, "`Firm`"),
        ({"type": ["string", "null"], "enum": ["a", "b", None]}, "`a` or `b`"),
        ({"type": ["boolean", "null"]}, "`true` or `false`"),
        ({"type": "integer", "minimum": 0, "maximum": 1000}, "a whole number from 0 to 1,000"),
        ({"type": "integer", "minimum": 0}, "a whole number, at least 0"),
        ({"type": ["string", "number"]}, "a text or a number"),
        ({"type": "string", "maxLength": 1000}, "a text, at most 1,000 characters"),
        ({"type": "string", "patternErrorMessage": "A day as 2027-01-15."}, "a day as 2027-01-15"),
        ({"type": "array", "maxItems": 5, "items": {"enum": ["a"]}}, "a list, at most 5: `a`"),
        ({"type": "object", "properties": {"en": {"type": "string"}}}, "a text, by language: `en`"),
        ({"type": "object", "properties": {"any": {}}}, "keys and values"),
        ({"oneOf": [{"type": "null"}, {"type": "string"}, {"type": "integer"}]}, "a text or a whole number"),
        ({}, "anything"),
    ],
)
def test_what_a_key_takes(schema: Any, words: str) -> None:
    assert takes(schema, EN) == words


def test_markdown_shows_what_it_is_given() -> None:
    """Signs that mean something to Markdown or to tables mean nothing in what the code says."""
    assert code("a`b") == "`` a`b ``"
    assert plain("<b> *x* [y](z)") == "&lt;b> \\*x\\* \\[y\\](z)"
    assert table(("k",), [["a|b\nc"]]).splitlines()[-1] == "| a\\|b c |"
    assert table(("k",), []) == ""
    assert value("x" * 100, EN) == '`"xxxxxxxxxxxx…` (100 characters)'
