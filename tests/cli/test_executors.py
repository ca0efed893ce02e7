"""What is wrong reads the same, to the byte, whoever worked on the firms."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli, Result
from tests.six_firms import NOTICE, config

from portalsync.errors import ExitCode

__all__ = ["config"]  # a fixture

Asked = tuple[str, ...]
PLANS = [("plan", f"--format={form}") for form in ("text", "json", "markdown")]
CHECKS = [("validate", f"--format={form}") for form in ("text", "json", "sarif", "junit", "github")]


@pytest.fixture
def broken(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six firms: one breaks a rule, one a promise."""
    shutil.copytree(config.parent, tmp_path / "network")
    monkeypatch.chdir(tmp_path / "network")
    firms = Path("portal-config", "firms")
    larch, oak = firms / "larch.yaml", firms / "oak.yaml"
    larch.write_text(
        larch.read_text().replace(NOTICE, "")
    )  # an error of an earlier stage would hide the others
    oak.write_text(oak.read_text().replace("enabled: true", "enabled: false"))
    return tmp_path


def by(cli: Cli, executor: str, command: Asked, lang: str) -> Result:
    return cli(*command, AT, "--no-cache", f"--lang={lang}", f"--executor={executor}")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("command", [*PLANS, *CHECKS], ids=" ".join)
def test_broken_rules_and_promises_read_the_same(cli: Cli, command: Asked, lang: str) -> None:
    """Seen to fail when workers left hints out."""
    alone, together = (by(cli, executor, command, lang) for executor in ("here", "processes:2"))
    assert together == alone
    assert alone.code == ExitCode.INVALID
    assert "oak" in alone.out + alone.err
