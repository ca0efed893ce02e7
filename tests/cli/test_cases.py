"""Whole configurations and what a person reads about them, down to the caret.

A case is a folder of `tests/cases/validate/`: `files/` lie over those of `base/`, the names in
`removed.txt` are taken away, and `expected.txt` holds the exit code and the terminal's text. After a
change of the wording:
`pytest tests/cli --update-cases`, then read the diff as a firm's admin would.
"""

import shutil
from pathlib import Path

import pytest

from portalsync.cli import run

CASES = Path(__file__).parents[1] / "cases" / "validate"
BASE = CASES / "base"
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder != BASE)


def laid_out(case: Path, target: Path) -> None:
    """The configuration of a case: the base, changed as the case says."""
    shutil.copytree(BASE, target)
    if (case / "files").is_dir():
        shutil.copytree(case / "files", target, dirs_exist_ok=True)
    removed = case / "removed.txt"
    for name in removed.read_text().split() if removed.exists() else ():
        (target / name).unlink()


@pytest.mark.parametrize("name", NAMES)
def test_says_what_is_wrong_and_what_to_do(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    """Each case ends with the exit code and the text that were reviewed."""
    laid_out(CASES / name, tmp_path / "portal-config")
    monkeypatch.chdir(tmp_path)
    code = run(["validate", "--at", "2026-12-01"])
    shown = capsys.readouterr()
    found = f"exit {code}\n\n{shown.out}{shown.err}"
    expected = CASES / name / "expected.txt"
    if pytestconfig.getoption("update_cases"):
        expected.write_text(found)
    assert found == expected.read_text()
