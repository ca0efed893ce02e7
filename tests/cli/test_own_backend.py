"""A backend that a package brings, under an entry point: installed, missing, broken."""

from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli

NETWORK = Path("portal-config/portalsync.yaml")
CONNECT = """\
from portalsync.server.embedded import connect as embedded

def connect(settings, root, seed):
    return embedded({"database": settings["database"]}, root, seed)
"""


@pytest.fixture
def acme(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A distribution as pip leaves it, on the path; `local` goes to its portal."""
    site = world / "site"
    about = site / "acme_portal-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-portal\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[portalsync.backends]\nacme = acme_portal:connect\n")
    (site / "acme_portal.py").write_text(CONNECT)
    monkeypatch.syspath_prepend(str(site))
    NETWORK.write_text(NETWORK.read_text().replace("backend: embedded", "backend: acme"))
    return site


@pytest.mark.usefixtures("acme")
def test_it_is_planned_against_like_any_other(cli: Cli) -> None:
    assert "warning" not in cli("validate").out
    found = cli("plan", AT, "--detailed-exitcode")
    assert (found.code, found.err) == (2, "")


@pytest.mark.usefixtures("acme")
def test_a_misspelt_name_says_which_may_be_meant(cli: Cli) -> None:
    """`validate` warns, for it needs no portal; `plan` needs one."""
    NETWORK.write_text(NETWORK.read_text().replace("backend: acme", "backend: acmee"))
    found = cli("validate")
    assert (
        found.code,
        "warning[backend-unknown]: The backend acmee is not installed here." in found.out,
    ) == (0, True)
    found = cli("plan", AT)
    assert found.code == 1
    assert "The backend 'acmee' is not installed." in found.err
    assert "Did you mean acme?" in found.err


def test_a_package_that_cannot_be_loaded_is_named(acme: Path, cli: Cli) -> None:
    (acme / "acme_portal-1.0.dist-info" / "entry_points.txt").write_text(
        "[portalsync.backends]\nacme = acme_gone:connect\n"
    )
    found = cli("plan", AT)
    assert found.code == 1
    assert "The backend 'acme' cannot be loaded: No module named 'acme_gone'." in found.err


def test_a_package_that_fails_is_blamed_itself(acme: Path, cli: Cli) -> None:
    """Seen to fail: "A bug in portalsync", exit code 70."""
    (acme / "acme_down.py").write_text("def connect(settings, root, seed):\n    return settings['region']\n")
    (acme / "acme_portal-1.0.dist-info" / "entry_points.txt").write_text(
        "[portalsync.backends]\nacme = acme_down:connect\n"
    )
    found = cli("plan", AT)
    assert found.code == 1
    assert "The backend 'acme' did not come up: KeyError." in found.err
