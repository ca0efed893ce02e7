"""A preview without a plan has the pages of a few firms of a network in its file, and says so."""

from pathlib import Path

import pytest
from tests.cli.conftest import AT, Cli

from portalsync.preview import looked_at

FIRMS = ("ash", "elm", "oak", "yew")


@pytest.fixture
def network(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four firms, where a file takes two."""
    monkeypatch.setattr(looked_at, "MOST_LOOKED_AT", 2)
    config = world / "portal-config"
    for kind in ("firms", "facts"):
        text = (config / kind / "oak.yaml").read_text()
        for firm in FIRMS:
            (config / kind / f"{firm}.yaml").write_text(text.replace(": oak", f": {firm}"))
    return world


def shown(folder: Path) -> list[str]:
    """The firms that the file has a table for."""
    html = (folder / "preview.html").read_text()
    return [firm for firm in FIRMS if f'<details class="firm" data-item data-firm="{firm}"' in html]


def test_the_first_are_shown_and_how_many_more_there_are(network: Path, cli: Cli) -> None:
    """Seen to fail: the file had the pages of all firms, however many there were."""
    ended = cli("preview", "--offline", AT)
    assert ended.code == 0
    assert "The pages of the first 2 of 4 firms are in the file" in ended.err
    assert shown(network) == ["ash", "elm"]
    assert "dates of the first 2 of 4 firms" in (network / "preview.html").read_text()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(["--all"], FIRMS), (["--firm=yew"], ("yew",)), (["--firm=yew", "--firm=elm"], ("elm", "yew"))],
)
def test_those_that_are_asked_for_are_shown(
    network: Path, cli: Cli, asked: list[str], expected: tuple[str, ...]
) -> None:
    ended = cli("preview", "--offline", AT, *asked)
    assert ended.code == 0
    assert "of the first" not in ended.err
    assert tuple(shown(network)) == expected


def test_a_folder_has_the_pages_of_all(network: Path, cli: Cli) -> None:
    assert cli("preview", "--offline", AT, "--dir=pages").code == 0
    assert {each.name for each in (network / "pages").iterdir() if each.is_dir()} >= {*FIRMS}
