"""Each guardrail is one file: listed, worded, configured, published."""

import json
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from portalsync.catalog import guardrails
from portalsync.catalog.conform import faults, validator
from portalsync.catalog.guardrail import Guardrail
from portalsync.catalog.guardrails import GUARDRAILS, LIMITS, RULES, limits
from portalsync.catalog.schema import schema_for
from portalsync.resources import folder

MODULES = sorted(module.name for module in iter_modules(guardrails.__path__))


@pytest.mark.parametrize("module", MODULES)
def test_every_guardrail_file_is_listed_once(module: str) -> None:
    guardrail: Guardrail = import_module(f"{guardrails.__name__}.{module}").GUARDRAIL
    listed = [each for each in GUARDRAILS if each is guardrail]
    assert len(listed) == 1, f"add {module}.GUARDRAIL to GUARDRAILS in catalog/guardrails/__init__.py"
    assert guardrail.rule.replace("-", "_") == module


def test_every_listed_guardrail_has_its_file() -> None:
    assert sorted(rule.replace("-", "_") for rule in RULES) == MODULES


def test_names_of_limits_are_unique() -> None:
    assert [name for name, count in Counter(limit.name for limit in LIMITS).items() if count > 1] == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_every_limit_can_be_set_in_the_network(limit: Any) -> None:
    """Its default is what its schema accepts, and what editors say it is."""
    schema: Any = schema_for("network")["properties"]
    shown = schema["guardrails"]["properties"][limit.name]
    assert shown["markdownDescription"].startswith(limit.description)
    assert [*faults(validator(limit.schema()), limits({})[limit.name])] == []
    assert limit.loosened(limits({})) == ""


def test_plans_are_published_with_every_rule_and_limit() -> None:
    published = json.loads((folder("schemas") / "plan.v2.schema.json").read_text(encoding="utf-8"))
    assert published["$defs"]["verdict"]["properties"]["rule"]["enum"] == sorted(RULES)
    assert [*published["properties"]["limits"]["properties"]] == [limit.name for limit in LIMITS]
