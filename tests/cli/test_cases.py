"""Whole configurations and what a person reads about them, down to the caret.

A case is a folder of `tests/cases/validate/`: `files/` lie over those of `base/`, the names in
`removed.txt` are taken away, and `expected.txt` holds the exit code and the terminal's text; some have
it in German too, in `expected.de.txt`. After a change of the wording:
`pytest tests/cli --update-cases`, then read the diff as a firm's admin would.
"""

import shutil
from pathlib import Path

import pytest

from portalsync.cli import run

CASES = Path(__file__).parents[1] / "cases" / "validate"
BASE = CASES / "base"
EXPECTED = [
    *sorted(folder / "expected.txt" for folder in CASES.iterdir() if folder != BASE),
    *sorted(CASES.glob("*/expected.de.txt")),
]


def laid_out(case: Path, target: Path) -> None:
    """The configuration of a case: the base, changed as the case says."""
    shutil.copytree(BASE, target)
    if (case / "files").is_dir():
        shutil.copytree(case / "files", target, dirs_exist_ok=True)
    removed = case / "removed.txt"
    for name in removed.read_text().split() if removed.exists() else ():
        (target / name).unlink()


@pytest.mark.parametrize(
    "expected", EXPECTED, ids=lambda path: f"{path.parent.name}{path.stem.removeprefix('expected')}"
)
def test_says_what_is_wrong_and_what_to_do(
    expected: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    """Each case ends with the exit code and the text that were reviewed."""
    laid_out(expected.parent, tmp_path / "portal-config")
    monkeypatch.chdir(tmp_path)
    language = "de" if expected.name == "expected.de.txt" else "en"
    code = run(["validate", "--at", "2026-12-01", "--lang", language])
    shown = capsys.readouterr()
    found = f"exit {code}\n\n{shown.out}{shown.err}"
    if pytestconfig.getoption("update_cases"):
        expected.write_text(found)
    assert found == expected.read_text()
