"""Editors learn which schema is for which file, and keep what they were told before."""

import json

import pytest

from portalsync.catalog.schema import schemas
from portalsync.config.editors import associations
from portalsync.config.editors.vs_code import with_associations
from portalsync.resources import folder

FOUND = associations("schemas", "portal-config")


def test_every_schema_is_for_some_files() -> None:
    assert set(FOUND) == {f"./schemas/{kind}.schema.json" for kind in schemas()}
    assert FOUND["./schemas/firm.schema.json"] == "portal-config/firms/*.yaml"


def test_new_repositories_have_the_same() -> None:
    settings = json.loads((folder("templates") / "init" / ".vscode" / "settings.json").read_text())
    assert settings["yaml.schemas"] == FOUND


def test_everything_else_in_the_settings_stays() -> None:
    before = '{"a": 1, "yaml.schemas": {"x.json": ["y.yml"], "old/firm.json": "portal-config/firms/*.yaml"}}'
    after = json.loads(with_associations(before, FOUND))
    assert after == {"a": 1, "yaml.schemas": {"x.json": ["y.yml"], **FOUND}}
    assert with_associations(json.dumps(after), FOUND) == with_associations(before, FOUND)


@pytest.mark.parametrize("settings", ["// mine\n{}", "[]", '{"yaml.schemas": []}', "{,}"])
def test_settings_that_would_lose_something_are_refused(settings: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|\[\]"):
        with_associations(settings, FOUND)
