"""The architecture page lists the floors of the house as import-linter keeps them, and every room."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_floors_are_those_that_are_kept() -> None:
    listed = _section("Imports run one way").split("```")[1]
    assert listed.strip().splitlines() == _layers()


def test_every_room_stands_in_the_table() -> None:
    rooms = {room for layer in _layers() for room in layer.split(" | ")}
    table = "\n".join(
        row.split("|")[1] for row in _section("Where each thing lives").splitlines() if "|" in row
    )
    named = {name.removesuffix(".py").rstrip("/") for name in re.findall(r"`([\w./]+)`", table)}
    assert named == {*rooms, "words"}


def _section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _layers() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [floors] = (each["layers"] for each in contracts if each["name"] == "imports run one way")
    return [str(floor) for floor in floors]
