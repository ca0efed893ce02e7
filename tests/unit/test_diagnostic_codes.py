"""Every code of a finding is explained, nothing else is, and each explanation's examples are true."""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import portalsync
from portalsync.catalog import SECTIONS
from portalsync.catalog.schema import schemas
from portalsync.config.discover import discover
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.pipeline.survey import Question, survey
from portalsync.views.codes import explanations, render_codes, render_explanation

SOURCES = Path(portalsync.__file__).parent
AT = "2026-12-01T00:00:00+00:00"

SAYS_NOTHING = {
    "additionalProperties",
    "propertyNames",
    "properties",
    "items",
    "anyOf",
    "if",
    "then",
    "else",
    "dependentSchemas",
}
"""Keywords that are told under another name, or by what is below them."""
ANNOTATIONS = {
    "$schema", "$id", "description", "markdownDescription", "markdownEnumDescriptions", "examples",
    "defaultSnippets", "doNotSuggest", "patternErrorMessage", "title", "default", "deprecationMessage",
    "markdownDeprecationMessage", "enumDescriptions",
}  # fmt: skip

PASSED_ON = {"code", "rule.code", "known.code or 'yaml-syntax'", "f'schema-{fault.keyword.lower()}'"}
"""Where a code is no constant: it comes as an argument, from a rule, from a table, or is a keyword's."""


def used() -> set[str]:
    """Every code that the sources can give a finding."""
    written = [each for path in SOURCES.rglob("*.py") for each in _written_in(path)]
    others = {ast.unparse(each) for each in written if not isinstance(each, ast.Constant)}
    assert others <= PASSED_ON, "a code that this test cannot follow"
    constants = {str(each.value) for each in written if isinstance(each, ast.Constant)} - {NO_FINDING}
    rules = {rule.code for option in SECTIONS for rule in option.rules}
    return constants | rules | {f"schema-{keyword.lower()}" for keyword in _keywords()}


def _written_in(path: Path) -> Iterator[ast.expr]:
    """What stands where a code is asked for: in calls of all that take one, and as a default."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [*ast.walk(tree)]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    if not any(_name(call.func) in {*MAKERS, "complaint"} for call in calls):
        return
    positions = {**MAKERS, **dict(_taking_a_code(nodes))}
    for call in calls:
        if _name(call.func) in positions:
            yield from _code_in(call, positions[_name(call.func)])
    for node in nodes:
        if isinstance(node, ast.AnnAssign) and _is_code(node) and node.value:
            yield node.value


MAKERS = {"Diagnostic": 0, "Rule": 0, "replace": sys.maxsize}
"""With the position of the code among the arguments; `replace` takes it by name only."""
NO_FINDING = ""


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _taking_a_code(nodes: list[ast.AST]) -> Iterator[tuple[str, int]]:
    """Functions and classes of a module that are given a code, and as which argument."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            if "code" in names:
                yield node.name, names.index("code")
        if isinstance(node, ast.ClassDef):
            fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
            yield from ((node.name, index) for index, each in enumerate(fields) if _is_code(each))


def _is_code(node: ast.AnnAssign) -> bool:
    return ast.unparse(node.target) == "code"


def _code_in(call: ast.Call, position: int) -> Iterator[ast.expr]:
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "code")
    yield from call.args[position : position + 1]


def _keywords() -> set[str]:
    """What a schema of ours can refuse with."""
    found: set[str] = {"unknown", "required", "key"}

    def walk(schema: Any) -> None:
        if not isinstance(schema, dict):
            return
        # Whatever is too short does not match the pattern beside it either, and that is told first.
        found.update(schema.keys() - ({"minLength"} if "pattern" in schema else set()))
        for below in schema.get("properties", {}).values():
            walk(below)
        for keyword in ("items", "additionalProperties", "if", "then", "else"):
            walk(schema.get(keyword))

    for schema in schemas().values():
        walk(schema)
    return found - SAYS_NOTHING - ANNOTATIONS


def test_every_code_is_explained_and_no_other() -> None:
    known = {*explanations("en")}
    assert used() - known == set(), "add them to words/*/codes.toml"
    assert known - used() == set(), "nothing says them; remove them from words/*/codes.toml"


def test_the_search_for_codes_finds_them() -> None:
    """In the door, in a table, in a rule, in a schema, in a default."""
    assert {"yaml-tab", "yaml-tag", "no-firms", "status-reserved", "schema-enum", "yaml-syntax"} <= used()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_explains_every_code(locale: str) -> None:
    assert {*explanations(locale)} == {*explanations("en")}
    for code, each in explanations(locale).items():
        assert len(each.title) < 100, code
        for text in (each.meaning, each.remedy):
            assert text.isprintable(), code
            assert "  " not in text, code
            assert text.endswith((".", "?")), code


def test_german_is_german_and_formal() -> None:
    for code, each in explanations("de").items():
        english = explanations("en")[code]
        assert each.meaning != english.meaning
        assert each.remedy != english.remedy
        informal = re.findall(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", f"{each.meaning} {each.remedy}")
        assert informal == [], code


@pytest.mark.parametrize("code", explanations("en"))
def test_shown(code: str) -> None:
    """Code, wrong, right and what to do, on lines that a terminal shows whole; nothing invisible."""
    for locale in LOCALES:
        shown = render_explanation(code, lexicon_of(locale), 80)
        assert shown.startswith(f"{code}:\n")
        assert all(line.isprintable() for line in shown.split("\n"))
        assert shown.count("\n\n") >= 3
        assert code in render_codes(locale)


HEADS = {
    "firms/oak.yaml": "apiVersion: portalsync/v1\nkind: Firm\nid: oak\n",
    "firms/elm.yaml": "apiVersion: portalsync/v1\nkind: Firm\n",
    "portalsync.yaml": "apiVersion: portalsync/v1\nkind: Network\n",
    "personas/ada.yaml": (
        "apiVersion: portalsync/v1\nkind: Persona\nid: ada\n"
        "title: {en: A client}\nclient: Ada Client\nlocale: en\ntags: [individual]\n"
    ),
}
FACTS = """\
apiVersion: portalsync/v1
kind: Facts
firm: oak
currency: EUR
payment_providers: [{id: cardwell, connected: true, default: true, methods: [card]}]
booking_integrations: [calendly]
organizer_templates:
  - {id: rental-property, name: {en: Rental property}, questions: 12}
  - {id: new-form, name: {en: New form}, questions: 0}
pipelines:
  - {id: income-tax, name: {en: Income tax}, stages: [intake, review, filed], job_statuses: [on-hold]}
segments: [{tags: [individual], locale: en, clients: 40}]
"""
OTHER_FACTS = {
    "prepayments-invoices-hidden": FACTS + "invoices_hidden: true\n",
    "prepayments-no-provider": FACTS.replace("connected: true", "connected: false"),
}
"""What the portal must be like for a rule to speak up."""
BASE = {
    "portalsync.yaml": "name: Hedgerow Tax\ndefault_environment: local\n"
    "environments: {local: {backend: embedded, database: .portalsync/portal.db}}\n",
    "defaults.yaml": "apiVersion: portalsync/v1\nkind: Defaults\n"
    "profile: {locales: [en], time_zone: Europe/Belgrade}\n",
    "groups/north.yaml": "apiVersion: portalsync/v1\nkind: Group\nid: north\n"
    "options: {chat: {clients_can_start: true}}\n",
    "firms/oak.yaml": "profile: {name: Oak}\n",
    "personas/ada.yaml": "",
    "assets/oak.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def findings(folder: Path, code: str, file: str, text: str) -> list[Diagnostic]:
    """What is found when the text stands in the file."""
    for name, content in {**BASE, "facts/oak.yaml": OTHER_FACTS.get(code, FACTS), file: text}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        whole = "apiVersion" in content or content.startswith(("%", "#"))
        head = "" if whole else HEADS.get(name, "")
        if content.startswith("id:"):
            head = head.replace("id: oak\n", "")
        (folder / name).write_text(head + content, encoding="utf-8")
    try:
        known = survey(discover(folder), question=Question(datetime.fromisoformat(AT)))
        return known.findings(known.firms)
    except InvalidConfig as error:
        return [*error.diagnostics]


TRIED = [code for code, each in explanations("en").items() if each.file]


@pytest.mark.parametrize("code", TRIED)
def test_the_wrong_example_is_wrong_in_this_way(code: str, tmp_path: Path) -> None:
    each = explanations("en")[code]
    assert code in {found.code for found in findings(tmp_path, code, each.file, each.wrong)}


@pytest.mark.parametrize("code", TRIED)
def test_the_right_example_is_right(code: str, tmp_path: Path) -> None:
    each = explanations("en")[code]
    found = findings(tmp_path, code, each.file, each.right)
    assert [(one.code, one.message) for one in found] == []


def test_most_examples_are_tried() -> None:
    assert len(TRIED) > 55
