"""Backends by name: the two that come along, one of somebody else, and none."""

from collections.abc import Mapping, Sequence
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from pathlib import Path
from typing import Any

import pytest

from portalsync.backend import connect as connecting
from portalsync.backend import installed
from portalsync.backend.brought import BroughtBackend
from portalsync.backend.connect import connect, connected
from portalsync.backend.http import HttpBackend
from portalsync.backend.installed import GROUP
from portalsync.backend.protocol import Seed
from portalsync.catalog.files.network import OWN_BACKENDS
from portalsync.errors import BackendError, PortalsyncError
from portalsync.wire import FirmState, FirmSummary

SEED = Seed({"alder": {"firm": "alder", "currency": "EUR"}})


def test_the_embedded_portal_lies_below_the_config(tmp_path: Path) -> None:
    with connected("embedded", {"database": ".portalsync/portal.db"}, tmp_path, SEED) as backend:
        assert [firm.id for firm in backend.firms()] == ["alder"]
    assert (tmp_path / ".portalsync" / "portal.db").is_file()


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    backend = connect("embedded", {"database": "portal.db"}, tmp_path, SEED)
    backend.close()
    backend.close()


def test_the_embedded_portal_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(PortalsyncError, match="database"):
        connect("embedded", {}, tmp_path)


@pytest.mark.parametrize("way", ["../portal.db", "sub/../../portal.db", "absolute", "link/portal.db"])
def test_the_embedded_portal_never_lies_elsewhere(way: str, tmp_path: Path) -> None:
    """Seen to fail: planning with somebody's config made a database, and folders, anywhere."""
    root, outside = tmp_path / "config", tmp_path / "outside"
    root.mkdir()
    (root / "link").symlink_to(outside)
    name = str(outside / "portal.db") if way == "absolute" else way
    with pytest.raises(PortalsyncError, match="lies outside"):
        connect("embedded", {"database": name}, root, SEED)
    assert [each.name for each in tmp_path.iterdir()] == ["config"]


@pytest.mark.parametrize("way", ["portalsync.yaml", "portalsync.yaml/x/..", "portal.db"])
def test_the_embedded_portal_is_no_file_of_the_config(way: str, tmp_path: Path) -> None:
    """Through links too: a restore would move that file aside."""
    (tmp_path / "portalsync.yaml").write_text("kind: Network\n")
    (tmp_path / "portal.db").symlink_to("portalsync.yaml")
    with pytest.raises(PortalsyncError, match="a file of the configuration itself"):
        connect("embedded", {"database": way}, tmp_path, SEED)


def test_a_seed_that_its_schema_refuses(tmp_path: Path) -> None:
    for seed in (
        Seed({"alder": {"firm": "alder", "currency": "euro"}}),
        Seed({"alder": {"firm": "birch", "currency": "EUR"}}),
        Seed(personas={"ada": {"id": "ada"}}),
    ):
        with pytest.raises(PortalsyncError, match="cannot be filled"):
            connect("embedded", {"database": "portal.db"}, tmp_path, seed)
    with connected("embedded", {"database": "portal.db"}, tmp_path) as backend:
        assert [*backend.firms()] == []


def test_a_portal_over_http(tmp_path: Path) -> None:
    with connected("http", {"url": "http://127.0.0.1:1"}, tmp_path, SEED) as backend:
        assert isinstance(backend, HttpBackend)


def test_a_backend_that_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(PortalsyncError, match="'telepathy' is not installed") as caught:
        connect("telepathy", {}, tmp_path)
    assert str(caught.value.diagnostic.hint).startswith("Installed are: embedded, http, manual. ")
    with pytest.raises(PortalsyncError) as caught:
        connect("htpp", {}, tmp_path)
    assert str(caught.value.diagnostic.hint) == "Did you mean http?"


def test_our_own_are_installed_like_those_of_others() -> None:
    points = entry_points(group=GROUP)
    own = {name: f"{module}:connect" for name, module in connecting._OWN.items()}  # noqa: SLF001 - the same fact
    assert {point.name: point.value for point in points if point.name in OWN_BACKENDS} == own


def test_nobody_elses_takes_the_place_of_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints([EntryPoint("http", "somewhere:connect", GROUP)])
    monkeypatch.setattr(installed, "entry_points", points.select)
    with connected("http", {"url": "http://127.0.0.1:1"}, tmp_path) as backend:
        assert isinstance(backend, HttpBackend)


def test_somebody_elses_backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[Mapping[str, str], Path, Seed | None]] = []

    class Own(EntryPoint):
        def load(self) -> Any:
            return lambda *given: called.append(given)

    points = EntryPoints([Own("own", "somewhere:connect", GROUP)])
    monkeypatch.setattr(installed, "entry_points", points.select)
    connect("own", {"a": "b"}, tmp_path, SEED)
    assert called == [({"a": "b"}, tmp_path, SEED)]
    monkeypatch.setattr(installed, "entry_points", EntryPoints([*points, *points]).select)
    with pytest.raises(PortalsyncError, match="is there twice"):
        connect("own", {}, tmp_path)


def test_what_goes_wrong_in_our_own_backend_stays_a_bug_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(*_arguments: object) -> None:
        raise KeyError("url")

    monkeypatch.setattr("portalsync.backend.http.connect", fails)
    with pytest.raises(KeyError):
        connect("http", {}, tmp_path)


def test_a_package_may_lack_what_came_later() -> None:
    """Then firms are read one by one; what it has has to be what the protocol promises."""

    class Older:
        """One from before there were summaries and states."""

    class Newer:
        def summaries(self, firms: Sequence[str]) -> list[object]:
            return [FirmSummary(firms[0], 1, "sha256:0", managed=False), "birch"]

        def states(self, firms: Sequence[str]) -> list[object]:
            return [(FirmState(firm, 1, "sha256:0", {}, ()), {"firm": firm}) for firm in firms]

    older: Any = Older()
    assert BroughtBackend("acme", older).summaries(["alder"]) == ()
    assert BroughtBackend("acme", older).states(["alder"]) == ()
    newer: Any = Newer()
    for ask in (BroughtBackend("acme", newer).summaries, BroughtBackend("acme", newer).states):
        with pytest.raises(BackendError, match="acme"):
            ask(["alder", "birch"])
