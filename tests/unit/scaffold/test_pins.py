"""What portalsync needs, to the last: versions from what is installed, hashes from pip."""

import os
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from portalsync.resources import folder
from portalsync.scaffold.pins import RUNNER_PYTHON, hashes_of, pins_of


def _distribution(folder: Path, name: str, *needs: str) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {name}",
        "Version: 1.0",
        *(f"Requires-Dist: {n}" for n in needs),
    ]
    (info / "METADATA").write_text("\n".join(lines) + "\n")


def test_all_that_is_needed_is_pinned_also_what_only_a_runner_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = "platform_system == 'Windows' and python_version < '3'"
    _distribution(tmp_path, "top", "one>=0.5", "two[more]", f"nowhere; {never}", "test; extra == 'test'")
    _distribution(tmp_path, "one", f"three; python_version == '{RUNNER_PYTHON}' or os_name == 'posix'")
    _distribution(tmp_path, "two", "four; extra == 'more'", "one", "top")
    for name in ("three", "four"):
        _distribution(tmp_path, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert pins_of("top") == {"four": "1.0", "one": "1.0", "three": "1.0", "two": "1.0"}


def test_what_is_needed_and_not_installed_has_no_version_that_anybody_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _distribution(tmp_path, "top", "there-is-no-such-thing")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert pins_of("top") is None


def test_portalsync_itself_needs_this() -> None:
    pins = pins_of("portalsync") or {}
    assert {"click", "MarkupSafe"} <= {*pins}
    assert "portalsync" not in pins
    assert "distributed" not in pins


def test_the_runner_is_that_of_the_workflows() -> None:
    for path in (folder("templates") / "init" / ".github" / "workflows").glob("*.yml"):
        for job in yaml.safe_load(path.read_text())["jobs"].values():
            versions = [
                step["with"]["python-version"] for step in job["steps"] if "setup-python" in str(step)
            ]
            assert {*versions} <= {RUNNER_PYTHON}
            assert job["runs-on"].startswith("ubuntu-")


def _wheel(folder: Path, name: str, tag: str) -> str:
    path = folder / f"{name}-1.0-{tag}.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tag}\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"sha256:{sha256(path.read_bytes()).hexdigest()}"


def test_pip_says_the_hashes_of_what_this_machine_and_a_runner_would_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workflow would refuse the runner's file if only this machine's hash were there. Seen to fail."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for name, value in {"CONFIG_FILE": os.devnull, "NO_INDEX": "1", "FIND_LINKS": str(tmp_path)}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    pure = _wheel(tmp_path, "Pure_One", "py3-none-any")
    native = _wheel(tmp_path, "native", "cp313-cp313-manylinux_2_28_x86_64")
    _wheel(tmp_path, "native", "py3-none-any")
    found = hashes_of({"pure-one": "1.0", "native": "1.0"})
    assert found["pure-one"] == (pure,)
    assert native in found["native"]
    assert hashes_of({"pure-one": "1.0", "nowhere": "1.0"}) == {}
