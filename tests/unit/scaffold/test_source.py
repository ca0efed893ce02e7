"""Where portalsync came from, as a requirement that gives others the same: what installers write down."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from portalsync.scaffold.installation import Installation, installation
from portalsync.scaffold.source import Source, source_of

COMMIT = "a1" * 20
DIGEST = "b2" * 32
WHEEL = "https://files.example/portalsync-1.2-py3-none-any.whl"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A distribution `madeup` in version 1.2, of an index."""
    folder = tmp_path / "madeup-1.2.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.4\nName: madeup\nVersion: 1.2\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def _source(folder: Path, url: str, **known: Any) -> Source:
    (folder / "direct_url.json").write_text(json.dumps({"url": url, **known}))
    return source_of("madeup")


def test_of_an_index_it_is_the_version(installed: Path) -> None:
    assert installed.exists()
    assert source_of("madeup") == Source("madeup==1.2", from_index=True)


@pytest.mark.parametrize("url", ["https://git.example/a.git", "ssh://git@git.example/a.git"])
def test_of_a_repository_it_is_the_commit(url: str, installed: Path) -> None:
    vcs = {"vcs": "git", "requested_revision": "main", "commit_id": COMMIT}
    assert _source(installed, url, vcs_info=vcs) == Source(f"madeup @ git+{url}@{COMMIT}")
    below = _source(installed, url, vcs_info=vcs, subdirectory="python")
    assert below.requirement == f"madeup @ git+{url}@{COMMIT}#subdirectory=python"
    assert not below.can_be_held


@pytest.mark.parametrize("info", [{"hashes": {"sha256": DIGEST}}, {"hash": f"sha256={DIGEST}"}])
def test_of_an_archive_it_is_the_address_with_its_hash(info: dict[str, Any], installed: Path) -> None:
    found = _source(installed, WHEEL, archive_info=info)
    assert found == Source(f"madeup @ {WHEEL}", (f"sha256:{DIGEST}",))
    assert found.can_be_held


@pytest.mark.parametrize(
    ("url", "info"),
    [
        ("file:///home/ada/portalsync", {"dir_info": {}}),
        ("file:///home/ada/portalsync", {"dir_info": {"editable": True}}),
        ("file:///home/ada/portalsync-1.2.whl", {"archive_info": {"hashes": {"sha256": DIGEST}}}),
        ("file:///home/ada/portalsync", {"vcs_info": {"vcs": "git", "commit_id": COMMIT}}),
        ("https://files.example/a b", {"archive_info": {}}),
        ("https://files.example/a", {}),
        ("https://files.example/a", {"vcs_info": None}),
    ],
)
def test_what_only_this_machine_has_is_no_requirement(
    url: str, info: dict[str, Any], installed: Path
) -> None:
    assert _source(installed, url, **info) == Source()


def test_what_is_not_installed_or_badly_written_down_is_unknown(installed: Path) -> None:
    assert source_of("there-is-no-such-thing") == Source()
    (installed / "direct_url.json").write_text("[")
    assert source_of("madeup") == Source()


@pytest.mark.parametrize(
    "user", ["ada:secret@", "secret@", "ada:s@cret@", "${NAME}:secret@", "secret${NAME}@", ":secret@"]
)
def test_what_lets_somebody_in_goes_nowhere(user: str, installed: Path) -> None:
    """By PEP 610 none should be there. Seen to fail: a token alone, as GitHub takes it."""
    found = _source(installed, f"https://{user}files.example/a.whl", archive_info={})
    assert found.requirement == "madeup @ https://files.example/a.whl"
    vcs = {"vcs": "git", "commit_id": COMMIT}
    found = _source(installed, f"https://{user}git.example/a.git", vcs_info=vcs)
    assert found.requirement == f"madeup @ git+https://git.example/a.git@{COMMIT}"


def test_an_address_that_may_be_signed_is_nobody_elses(installed: Path) -> None:
    assert _source(installed, f"{WHEEL}?signature=secret", archive_info={}) == Source()


@pytest.mark.parametrize("user", ["${NAME}:${TOKEN}", "${TOKEN}"])
def test_a_variable_is_no_secret(user: str, installed: Path) -> None:
    named = f"https://{user}@files.example/a.whl"
    assert _source(installed, named, archive_info={}).requirement == f"madeup @ {named}"


def _written(of: Installation) -> list[str]:
    return of.requirements(lambda name: f"<{name}>").split("\n")


def test_requirements_have_each_version_and_its_hashes() -> None:
    source = Source("portalsync==1.2", from_index=True)
    hashes = {"portalsync": ("sha256:1",), "click": ("sha256:2", "sha256:3")}
    assert _written(Installation(source, {"click": "9"}, hashes)) == [
        "# <source>",
        "portalsync==1.2 \\",
        "    --hash=sha256:1",
        "click==9 \\",
        "    --hash=sha256:2 \\",
        "    --hash=sha256:3",
    ]


def test_without_the_hashes_of_all_there_is_none_for_pip_takes_all_or_none() -> None:
    archive = Source(f"portalsync @ {WHEEL}", (f"sha256:{DIGEST}",))
    assert _written(Installation(archive, {"click": "9"})) == [
        "# <source>",
        f"portalsync @ {WHEEL}",
        "click==9",
    ]


def test_where_nobody_else_can_get_it_pip_stops_at_a_line_that_says_so() -> None:
    """No version of an index is named, which could be somebody else's."""
    assert _written(Installation(Source(), {"click": "9"})) == ["# <nowhere>", "<missing>", "click==9"]


def test_an_index_is_asked_only_for_what_it_can_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def asking(pins: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
        asked.append([*pins])
        return {}

    for source in (
        Source(),
        Source("portalsync @ git+https://git.example/a@1"),
        Source("portalsync==1.2", from_index=True),
        Source(f"portalsync @ {WHEEL}", ("sha256:1",)),
    ):
        monkeypatch.setattr("portalsync.scaffold.installation.source_of", lambda _name, found=source: found)
        installation(asking)
    index, archive = asked
    assert index == ["portalsync", *archive]
    assert "click" in archive
