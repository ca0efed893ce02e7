"""A fleet on disk, and the changes to it that plans are measured with."""

from pathlib import Path

from benchmarks.fleet.firm import facts_file, firm_file, firm_id
from benchmarks.fleet.shared import write_shared

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


def switch_firms(folder: Path, count: int) -> None:
    """One switch in the files of `count` firms, spread over the whole fleet."""
    paths = sorted((folder / "firms").iterdir())
    for path in paths[:: max(1, len(paths) // count)][:count]:
        _turn(path, _IN_FIRM)


def _turn(path: Path, switch: str) -> None:
    before, switch, after = path.read_text(encoding="utf-8").partition(switch)
    value, _, rest = after.partition("\n")
    if value not in _TURNED:
        raise SystemExit(f"{path.name} has no such switch any more.")
    path.write_text(f"{before}{switch}{_TURNED[value]}\n{rest}", encoding="utf-8")
