"""A fleet on disk, and the changes to it that plans are measured with."""

import os
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fleet.firm import facts_file, firm_file, firm_id
from benchmarks.fleet.shared import write_defaults, write_shared

_IN_FIRM = "\n  done_uploading:\n    button: "
_IN_DEFAULTS = "\n  chat:\n    clients_can_start: "
_TURNED = {"true": "false", "false": "true"}


def write_fleet(folder: Path, count: int) -> Path:
    """A configuration of `count` firms in a new folder. Firm for firm the same in a larger fleet."""
    write_shared(folder, count)
    for name, text in (("firms", firm_file), ("facts", facts_file)):
        (folder / name).mkdir()
        for number in range(count):
            (folder / name / f"{firm_id(number)}.yaml").write_text(text(number), encoding="utf-8")
    return folder


def switch_all(folder: Path) -> None:
    """One switch in all firms, by one line of the lowest layer: no firm and no group says anything of it."""
    _turn(folder / "defaults.yaml", _IN_DEFAULTS)


def switch_firms(folder: Path, count: int, remark: str = "") -> None:
    """One switch in the files of `count` firms, all over the fleet; a remark makes each time new."""
    for path in _spread(folder, count):
        _turn(path, _IN_FIRM)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"# {remark}\n" if remark else "")


def restore(folder: Path, count: int) -> None:
    """The `count` firms' files, and the lowest layer, as they were written."""
    for path in _spread(folder, count):
        path.write_text(firm_file(int(path.stem.removeprefix("firm-"))), encoding="utf-8")
    write_defaults(folder)


def _spread(folder: Path, count: int) -> Sequence[Path]:
    firms = sum(1 for _ in os.scandir(folder / "firms"))
    numbers = range(0, firms, max(1, firms // count))[:count]
    return [folder / "firms" / f"{firm_id(number)}.yaml" for number in numbers]


def _turn(path: Path, switch: str) -> None:
    before, switch, after = path.read_text(encoding="utf-8").partition(switch)
    value, _, rest = after.partition("\n")
    if value not in _TURNED:
        raise SystemExit(f"{path.name} has no such switch any more.")
    path.write_text(f"{before}{switch}{_TURNED[value]}\n{rest}", encoding="utf-8")
