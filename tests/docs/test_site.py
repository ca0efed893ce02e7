"""The docs are a site, and nothing in it leads nowhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.reading import ROOT


def _build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


_FOREIGN = re.compile(
    r"""<(?:link|script|img|source|video|audio|iframe|object|embed)\b[^>]*(?:https?:)?//[^>]*>|"""
    r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^)"']*"""
)
"""What a browser would fetch from somebody else while it shows a page."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def test_the_site_builds_without_a_warning(copy: Path) -> None:
    built = _build(copy)
    assert built.returncode == 0, built.stdout + built.stderr
    assert (copy / "build" / "site" / "reference" / "options" / "chat" / "index.html").exists()
    files = [path for path in (copy / "build" / "site").rglob("*") if path.suffix in (".html", ".css")]
    foreign = {found for path in files for found in _FOREIGN.findall(path.read_text(encoding="utf-8"))}
    assert foreign == set(), "who reads the docs is nobody else's business"


@pytest.mark.parametrize("lost", ["guide/nowhere.md", "guide/start.md#nowhere"])
def test_a_lost_link_stops_it(lost: str, copy: Path) -> None:
    index = copy / "docs" / "index.md"
    index.write_text(f"{index.read_text(encoding='utf-8')}\n[lost]({lost})\n", encoding="utf-8")
    built = _build(copy)
    assert built.returncode != 0
    assert "does not exist" in built.stdout + built.stderr
