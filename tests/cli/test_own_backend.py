"""A backend that a package brings, under an entry point: installed, missing, broken."""

import shutil
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli

NETWORK = Path("portal-config/portalsync.yaml")
CONNECT = """\
from portalsync.server.embedded import connect as embedded

def connect(settings, root, seed):
    return embedded({"database": settings["database"]}, root, seed)
"""

SPOILT = """\
from portalsync.server.embedded import connect as embedded

class Portal:
    def __init__(self, portal):
        self.portal_of_ours = portal

    def __getattr__(self, name):
        return getattr(self.portal_of_ours, name)

{method}

def connect(settings, root, seed):
    return Portal(embedded({{"database": settings["database"]}}, root, seed))
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
    assert "The backend 'acme' failed: KeyError." in found.err


def spoil(acme: Path, name: str, *lines: str) -> None:
    """From now on, this method of the package's backend does so."""
    method = "\n        ".join((f"    def {name}(self, *given):", *lines))
    (acme / "acme_portal.py").write_text(SPOILT.format(method=method))
    sys.modules.pop("acme_portal", None)
    shutil.rmtree(acme / "__pycache__", ignore_errors=True)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("portal", ["raise KeyError('region')"]),
        ("firms", ["yield from self.portal_of_ours.firms()", "raise KeyError('region')"]),
        ("state", ["raise KeyError('region')"]),
        ("facts", ["raise KeyError('region')"]),
        ("close", ["self.portal_of_ours.close()", "raise KeyError('region')"]),
    ],
)
def test_a_package_that_fails_later_is_blamed_too(name: str, lines: list[str], acme: Path, cli: Cli) -> None:
    """Seen to fail: "A bug in portalsync", exit code 70."""
    spoil(acme, name, *lines)
    found = cli("plan", AT)
    assert found.code == 1
    assert "The backend 'acme' failed: KeyError." in found.err


@pytest.mark.parametrize("name", ["portal", "firms", "state", "facts"])
def test_a_package_whose_answers_are_of_no_known_kind_is_blamed(name: str, acme: Path, cli: Cli) -> None:
    """Seen to fail: "A bug in portalsync", exit code 70."""
    spoil(acme, name, "return [{'id': 'oak'}]")
    found = cli("plan", AT)
    assert found.code == 1
    assert "The backend 'acme' failed: TypeError." in found.err


def test_what_the_system_refuses_a_package_is_the_packages_too(acme: Path, cli: Cli) -> None:
    """Seen to fail: the program's own file was named."""
    spoil(acme, "portal", "raise ConnectionRefusedError(111, 'refused')")
    found = cli("plan", AT)
    assert (found.code, "The backend 'acme' failed: ConnectionRefusedError." in found.err) == (1, True)


@pytest.mark.parametrize(
    ("lines", "code", "outcome"),
    [
        (
            ["self.portal_of_ours.commit(*given)", "raise KeyError('region')"],
            0,
            "Oak & Partners: generation 1 → 2, read back",
        ),
        (["raise KeyError('region')"], 1, "nothing there so far. The backend 'acme' failed: KeyError."),
        (
            ["return [*self.portal_of_ours.commit(*given)][1:]"],
            0,
            "Oak & Partners: generation 1 → 2, read back",
        ),
        (["return ['done']"], 1, "nothing there so far. The backend 'acme' failed: TypeError."),
    ],
)
def test_a_commit_that_a_package_fails_in_is_read_back(
    lines: list[str], code: int, outcome: str, acme: Path, cli: Cli
) -> None:
    """Its receipt says what became of it. Seen to fail: "A bug in portalsync", exit code 70."""
    spoil(acme, "commit", *lines)
    found = cli("apply", AT, "--yes", "--actor=Ada")
    assert found.code == code
    assert outcome in " ".join(found.out.split())
