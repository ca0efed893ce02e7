"""What docs/contract.md says suffices: its digests made anew by its text alone, its golden cases run."""

import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from portalsync.catalog import FIELDS, SECTIONS
from portalsync.catalog.conform import validator
from portalsync.catalog.option import Field
from portalsync.catalog.stored import stored_field, value_fault
from portalsync.catalog.vocabulary import vocabulary
from portalsync.model.canonical import canonical
from portalsync.model.claims import Claims
from portalsync.model.facts import facts_from_json
from portalsync.model.page import situation_of
from portalsync.resources import folder

GOLDEN = folder("schemas") / "golden"
DIGESTS: Any = json.loads((GOLDEN / "digests.json").read_text(encoding="utf-8"))
SETTINGS: Any = json.loads((folder("schemas") / "settings.v1.schema.json").read_text(encoding="utf-8"))
RULES = {rule.code: option.key for option in SECTIONS for rule in option.rules}
CONTRACT = (Path(__file__).parents[2] / "docs" / "contract.md").read_text(encoding="utf-8")


def written(value: Any) -> str:
    """Canonical JSON, sentence by sentence as the contract has it; nothing of portalsync is used."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{text(key)}:{written(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, str):
        return text(value)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def text(value: str) -> str:
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    found = ""
    for each in value:
        if each in short:
            found += short[each]
        elif " " <= each <= "~":
            found += each
        else:
            units = each.encode("utf-16-be")
            found += "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    return f'"{found}"'


def digest_of(value: Any) -> str:
    return "sha256:" + hashlib.sha256(written(value).encode("ascii")).hexdigest()


def digest_of_firm(claims: list[str], settings: dict[str, Any]) -> tuple[str, str]:
    lists = tuple(claim.removesuffix("*") for claim in claims if claim.endswith(".*"))
    values = {
        path: value
        for path, value in settings.items()
        if any(re.search(pattern, path) for pattern in SETTINGS["patternProperties"])
        and (path in claims or path.startswith(lists))
    }
    whole = {"managed": sorted(set(claims)), "values": values}
    return written(whole), digest_of(whole)


@pytest.mark.parametrize("case", DIGESTS["canonical"], ids=lambda case: case["text"][:20])
def test_canonical_json(case: Any) -> None:
    assert written(case["value"]) == case["text"] == canonical(case["value"]).decode()


@pytest.mark.parametrize("case", DIGESTS["firms"], ids=lambda case: case["case"])
def test_the_digest_of_a_firm(case: Any) -> None:
    assert digest_of_firm(case["managed"], case["settings"]) == (case["text"], case["digest"])
    known = {path: value for path, value in case["settings"].items() if stored_field(path)}
    assert Claims.of(case["managed"]).digest(known) == case["digest"]


def test_the_digest_of_each_option_follows_from_the_published_form() -> None:
    """A portal that answers with these is one that portalsync works with."""
    assert {key: digest_of(form) for key, form in SETTINGS["x-stored-forms"].items()} == vocabulary()
    for case in DIGESTS["options"]:
        assert written(SETTINGS["x-stored-forms"][case["option"]]) == case["text"]
        assert digest_of(SETTINGS["x-stored-forms"][case["option"]]) == case["digest"]


def test_the_audit_trail_is_sealed_as_it_is_written_down() -> None:
    """The rows are those of the golden exchange; the last hash is the head."""
    golden = json.loads((Path(__file__).parent / "golden" / "10-audit.json").read_text(encoding="utf-8"))
    assert [case["row"] for case in DIGESTS["audit"]] == golden["answer"]["body"]["audit"]
    before = ""
    for case in DIGESTS["audit"]:
        row = {key: value for key, value in case["row"].items() if key != "hash"}
        assert (written(case["writes"]), digest_of(case["writes"])) == (case["writes_text"], row["writes"])
        assert (written(row), digest_of(row)) == (case["row_text"], case["row"]["hash"])
        assert row["previous"] == before
        before = case["row"]["hash"]


def test_the_digest_that_the_document_gives() -> None:
    assert digest_of_firm([], {})[1] in CONTRACT


@pytest.mark.parametrize("code", RULES)
def test_the_golden_cases_of_each_rule(code: str) -> None:
    """Each breaks its rule in one case and keeps it in another; what else a case breaks stands in it."""
    file = json.loads((GOLDEN / "rules" / f"{code}.json").read_text(encoding="utf-8"))
    assert file["rule"] == code
    told = [{(each["code"], each["path"]) for each in case["violations"]} for case in file["cases"]]
    assert any(code in dict(each) for each in told)
    assert any(not each for each in told)
    for case, expected in zip(file["cases"], told, strict=True):
        assert not [*Draft202012Validator(SETTINGS).iter_errors(case["settings"])], case["case"]
        at = datetime.fromisoformat(case["at"])
        situation = situation_of("oak", case["settings"], facts_from_json(case["facts"]), at)
        rules = [rule for option in SECTIONS for rule in option.rules]
        broken = [(rule.code, each.path) for rule in rules for each in rule.check(situation)]
        assert sorted(broken) == sorted(expected), case["case"]


def test_no_golden_case_is_of_a_rule_that_is_gone() -> None:
    assert {file.stem for file in (GOLDEN / "rules").iterdir()} == RULES.keys()


@pytest.mark.parametrize("pattern", [path for path, field in FIELDS.items() if isinstance(field, Field)])
def test_the_published_schema_takes_what_the_portal_takes(pattern: str) -> None:
    """With ECMA-262's patterns and the three formats of the contract."""
    field = FIELDS[pattern]
    assert isinstance(field, Field)
    path = pattern.replace("*", "some-id")
    judge = validator(SETTINGS)
    for value in (*field.examples, *field.rejects, None, 7, [], {}, "x" * 100_000):
        fits = judge.is_valid({path: value})
        assert fits is (value_fault(path, value) is None), value
    assert judge.is_valid({f"{path}.own": None, "own": 1})
