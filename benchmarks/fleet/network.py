"""A fleet on disk, and the changes to it that plans are measured with."""

from pathlib import Path

from benchmarks.fleet.firm import facts_file, firm_file, firm_id
from benchmarks.fleet.shared import write_shared

_SWITCH = "\n  chat:\n    clients_can_start: "


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
    path = folder / "defaults.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("\n  chat:\n", "\n  chat:\n    audience: {any: [individual, business]}\n")
    path.write_text(_other(text, changed), encoding="utf-8")


def switch_firms(folder: Path, count: int) -> None:
    """The chat switch turned in `count` firms, spread over the whole fleet."""
    paths = sorted((folder / "firms").iterdir())
    for path in paths[:: max(1, len(paths) // count)][:count]:
        text = path.read_text(encoding="utf-8")
        path.write_text(_other(text, _turned(text)), encoding="utf-8")


def _turned(text: str) -> str:
    before, switch, after = text.partition(_SWITCH)
    value, _, rest = after.partition("\n")
    return f"{before}{switch}{'false' if value == 'true' else 'true'}\n{rest}"


def _other(text: str, changed: str) -> str:
    if text == changed:
        raise SystemExit("The fleet has changed: there is nothing to switch any more.")
    return changed
