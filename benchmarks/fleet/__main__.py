"""Write a fleet, or change one."""

import argparse
from pathlib import Path

from benchmarks.fleet.network import switch_all, switch_firms, write_fleet


def main() -> None:
    """`1000 FOLDER` writes; `--switch-all` and `--switch N` change what stands there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description=__doc__)
    parser.add_argument("firms", type=int, nargs="?", help="write a fleet of so many firms")
    parser.add_argument("folder", type=Path, help="a new folder; with --switch, one that is there")
    parser.add_argument(
        "--switch-all", action="store_true", help="one switch in all firms, by the lowest layer"
    )
    parser.add_argument("--switch", type=int, default=0, metavar="N", help="one switch in N firms' own files")
    asked = parser.parse_args()
    if asked.firms:
        write_fleet(asked.folder, asked.firms)
    if asked.switch_all:
        switch_all(asked.folder)
    if asked.switch:
        switch_firms(asked.folder, asked.switch)


if __name__ == "__main__":
    main()
