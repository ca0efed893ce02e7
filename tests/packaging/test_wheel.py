"""The wheel, in another folder: everything travels in it, and nothing else does."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("src", "templates", "schemas", "portal-config", "pyproject.toml", "README.md", "LICENSE")
IGNORED = shutil.ignore_patterns("__pycache__", ".portalsync", "*.egg-info")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is built, in which somebody has used the example: it holds a portal's database."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=IGNORED)
        else:
            shutil.copy(ROOT / part, folder)
    (folder / "portal-config" / ".portalsync").mkdir()
    (folder / "portal-config" / ".portalsync" / "portal.db").touch()
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with what is installed: nothing is downloaded."""
    out = tmp_path_factory.mktemp("dist")
    _python(checkout, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), ".")
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our package alone; what it depends on comes from the tests' environment."""
    target = tmp_path_factory.mktemp("installed")
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    _python(target, *pip, "--no-index", "--no-deps", "--target", str(target), str(wheel))
    return target


def test_the_wheel_holds_what_the_tree_holds(checkout: Path, wheel: Path) -> None:
    """Seen to fail when the whole example was included by force: a portal's database came along."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("portalsync/")}
    assert packed == {*_files(checkout / "src" / "portalsync"), *_carried(checkout)}


def test_the_wheel_is_typed_worded_and_licensed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for expected in (
        "portalsync/py.typed",
        "portalsync/words/de/options.toml",
        "portalsync/server/migrations/versions/first_tables.py",
        "portalsync/templates/pages/mobile.html.j2",
        "portalsync/schemas/firm.schema.json",
        "portalsync/portal-config/portalsync.yaml",
    ):
        assert expected in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_another_folder_runs_the_installed_package(installed: Path, tmp_path: Path) -> None:
    told = _installed(installed, tmp_path, "-c", "import portalsync; print(portalsync.__file__)").stdout
    assert Path(told.strip()).is_relative_to(installed)


def test_the_whole_round_works_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    """Validate, plan, preview, apply and plan again, on the example that the wheel carries."""
    done = _installed(installed, tmp_path, "-m", "portalsync", "demo", "--dir", "round")
    assert "No changes" in done.stdout
    assert (tmp_path / "round" / "preview" / "index.html").is_file()
    assert (tmp_path / "round" / "plan.json").is_file()


def test_the_installed_schemas_are_the_catalogues(installed: Path, tmp_path: Path) -> None:
    _installed(installed, tmp_path, "-m", "portalsync", "schema", "--write", "schemas", "--results")
    for made in (tmp_path / "schemas").iterdir():
        assert made.read_bytes() == (installed / "portalsync" / "schemas" / made.name).read_bytes()


def _files(folder: Path, prefix: str = "portalsync") -> Iterator[str]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and ".portalsync" not in inside.parts:
            yield f"{prefix}/{inside.as_posix()}"


def _carried(checkout: Path) -> Iterator[str]:
    for name in ("templates", "schemas", "portal-config"):
        yield from _files(checkout / name, f"portalsync/{name}")


def _installed(package: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _python(folder, *arguments, PYTHONPATH=str(package))


def _python(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("PORTALSYNC_", "PYTHON"))
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**inherited, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done
