"""The language server that most editors read YAML with, installed once, beside the tests."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.editors.language_server import LanguageServer
from tests.node import installed

from portalsync.cli import run

PROGRAM = "yaml-language-server/bin/yaml-language-server"


@pytest.fixture(scope="session")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """An editor on a repository into which `portalsync schema --write schemas --editors` wrote."""
    program = installed(Path(__file__).parent, PROGRAM)
    folder = tmp_path_factory.mktemp("repository")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["schema", "--write", "schemas", "--editors"]) == 0
    settings = json.loads((folder / ".vscode" / "settings.json").read_text())
    with LanguageServer(program, folder, settings["yaml.schemas"]) as server:
        yield server
