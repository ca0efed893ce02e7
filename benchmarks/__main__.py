"""`python -m benchmarks`: measure, and print a table."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.growth import applying
from benchmarks.network import example, many_firms, one_firm, turn_chat_off
from benchmarks.timing import AT, Command, Figure, measure, portalsync

FIRM = "harlow-pike"
CHANGES = 2
_FEW, _MANY = 1_000, 4_000


def main() -> None:
    """Build the configurations in a folder that goes away again, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="runs of each command (default 7)")
    parser.add_argument("--firms", type=int, default=200, help="firms of the large network (default 200)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = measure(_small(folder), asked.runs)
        large = measure(_large(folder, asked.firms), max(3, asked.runs // 2))
    _print(figures, f"medians of {asked.runs} runs of whole processes")
    _print(large, f"{asked.firms} firms", per=asked.firms)
    _print_growth(asked.runs)


def _small(folder: Path) -> list[Command]:
    one_firm(folder / "one")
    for name in ("same", "switched"):
        _applied(example(folder / name))
    turn_chat_off(folder / "switched", FIRM)
    return [
        Command("python -c pass", [sys.executable, "-c", "pass"], folder),
        Command("portalsync --help", portalsync("--help"), folder),
        Command("validate, one firm", portalsync("validate", "--config", "one", "--at", AT), folder),
        Command("validate, the example", portalsync("validate", "--config", "same", "--at", AT), folder),
        Command("plan, nothing changed", _plan("same"), folder),
        Command("plan, one switch changed", _plan("switched"), folder, ends_with=(CHANGES,)),
    ]


def _large(folder: Path, firms: int) -> list[Command]:
    _applied(many_firms(folder / "many", firms))
    return [
        Command("validate", portalsync("validate", "--config", "many", "--at", AT), folder),
        Command("plan, nothing changed", _plan("many"), folder),
    ]


def _plan(config: str) -> list[str]:
    return portalsync("plan", "--config", config, "--at", AT, "--detailed-exitcode")


def _applied(config: Path) -> None:
    command = portalsync("apply", "--yes", "--config", config.name, "--at", AT)
    subprocess.run(command, cwd=config.parent, capture_output=True, check=True)


def _print_growth(runs: int) -> None:
    """Linear is 4.0; what is more than 4.4 would be felt in a large network."""
    pairs = [(applying(_FEW), applying(_MANY)) for _ in range(runs)]
    ratio = median(many / few for few, many in pairs)
    seconds = median(many for _, many in pairs)
    sys.stdout.write(f"\napply of {_MANY:,} firms: {seconds:.2f} s, {ratio:.2f} times that of {_FEW:,}\n")


def _print(figures: Sequence[Figure], title: str, per: int = 0) -> None:
    ratio = "per firm" if per else "× first"
    rows: list[tuple[str, ...]] = [("", "median", "best", "worst", ratio)]
    for figure in figures:
        last = f"{1000 * figure.median / per:.1f} ms" if per else f"{figure.median / figures[0].median:.1f}"
        times = (f"{1000 * each:,.0f} ms" for each in (figure.median, figure.best, figure.worst))
        rows.append((figure.name, *times, last))
    width = max(len(row[0]) for row in rows)
    sys.stdout.write(f"\n{title}\n\n")
    for name, *cells in rows:
        sys.stdout.write(f"  {name:<{width}}" + "".join(f"{cell:>12}" for cell in cells) + "\n")


if __name__ == "__main__":
    main()
