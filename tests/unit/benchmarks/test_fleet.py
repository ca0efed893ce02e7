"""The fleet that everything is measured with is a good configuration, and the same for everybody."""

from pathlib import Path

import pytest
from benchmarks.fleet.firm import firm_file
from benchmarks.fleet.network import switch_all, switch_firms, write_fleet

from portalsync.cli import run

AT = "2026-12-02T09:00"
FIRMS = 30


def test_a_fleet_is_valid(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--config", str(fleet), "--at", AT]) == 0
    assert "warning" not in capsys.readouterr().out


def test_a_fleet_is_the_same_twice(fleet: Path, tmp_path: Path) -> None:
    assert _content(write_fleet(tmp_path / "again", FIRMS)) == _content(fleet)


def test_a_firm_is_the_same_in_a_larger_fleet(fleet: Path, tmp_path: Path) -> None:
    larger = _content(write_fleet(tmp_path / "larger", FIRMS + 10))
    firms = {name: text for name, text in _content(fleet).items() if name.startswith(("firms/", "facts/"))}
    assert len(firms) == 2 * FIRMS
    assert all(larger[name] == text for name, text in firms.items())


def test_firms_are_as_long_as_real_ones() -> None:
    sizes = [len(firm_file(number).encode()) for number in range(FIRMS)]
    assert 2_800 < sum(sizes) / FIRMS < 3_800


@pytest.mark.parametrize("count", [1, 10])
def test_so_many_files_are_switched(fleet: Path, count: int) -> None:
    before = _content(fleet)
    switch_firms(fleet, count)
    assert len(_changed(before, _content(fleet))) == count


def test_one_line_switches_all(fleet: Path) -> None:
    before = _content(fleet)
    switch_all(fleet)
    assert _changed(before, _content(fleet)) == ["defaults.yaml"]


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    return write_fleet(tmp_path / "fleet", FIRMS)


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [name for name, content in after.items() if before[name] != content]
