"""Which code this is."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import portalsync
from portalsync.pipeline.code import code_digest
from portalsync.resources import folder

ASKED = "from portalsync.pipeline.code import code_digest; print(code_digest())"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Our code, elsewhere."""
    shutil.copytree(Path(portalsync.__file__).parent, tmp_path / "src" / "portalsync")
    shutil.copytree(folder("templates"), tmp_path / "templates")
    return tmp_path / "src"


def _asked(code: Path) -> str:
    command = [sys.executable, "-c", ASKED]
    return subprocess.check_output(command, env={"PYTHONPATH": str(code)}, text=True, cwd=code).strip()


def test_the_same_code_is_the_same_everywhere(checkout: Path) -> None:
    """In a wheel, templates, schemas and the example lie inside the package."""
    assert _asked(checkout) == code_digest()
    shutil.move(checkout.parent / "templates", checkout / "portalsync" / "templates")
    (checkout / "portalsync" / "schemas").mkdir()
    (checkout / "portalsync" / "schemas" / "plan.json").touch()
    assert _asked(checkout) == code_digest()


@pytest.mark.parametrize("changed", ["src/portalsync/words/de/plan.toml", "templates/pages/web.html.j2"])
def test_other_code_is_another(changed: str, checkout: Path) -> None:
    """Also where only a word of it is."""
    with (checkout.parent / changed).open("a") as file:
        file.write("\n")
    assert _asked(checkout) != code_digest()
