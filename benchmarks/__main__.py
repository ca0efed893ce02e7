"""`python -m benchmarks`: measure, judge, write docs/performance.md. What is measured already is kept.

Ends with 1 if a row falls short of its aim, or cannot be measured.
"""

import argparse
import sys
from collections.abc import Sequence

from benchmarks import peers
from benchmarks.cases import GROUPS, Group, run_group
from benchmarks.report import in_terminal, verdicts, write_page
from benchmarks.rows import FULL, SHORT, full, short

_SIZES = (1, 100, 1_000, FULL)


def main() -> int:
    """Groups one after the other, the small sizes first."""
    asked = _asked()
    if not asked.page:
        peers.install()
        _measure(asked.groups, asked.sizes, again=asked.again)
    judged = verdicts(short() if asked.short else full())
    sys.stdout.write(in_terminal(judged))
    if not asked.short:
        write_page(judged)
    return 0 if all(verdict.met for _, verdict in judged) else 1


def _measure(groups: Sequence[Group], sizes: Sequence[int], *, again: bool) -> None:
    for group in groups:
        for size in [group.firms] if group.firms else sizes:
            run_group(group, size, again=again)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [group.name for group in GROUPS]
    parser.add_argument("--rows", type=_groups, dest="groups", metavar=",".join(names), default=GROUPS)
    parser.add_argument(
        "--sizes", type=_sizes, metavar="N,N", default=_SIZES, help="firms; 100000 takes long"
    )
    parser.add_argument("--again", action="store_true", help="measure what is measured already, too")
    parser.add_argument("--short", action="store_true", help=f"{SHORT:,} firms, only ratios, no page")
    parser.add_argument(
        "--page", action="store_true", help="measure nothing: write the page from what is kept"
    )
    asked = parser.parse_args()
    if asked.short:
        asked.sizes = [SHORT]
        asked.groups = [group for group in asked.groups if group.name in {row.id for row in short()}]
    return asked


def _groups(names: str) -> Sequence[Group]:
    known = {group.name: group for group in GROUPS}
    return [known[name] for name in names.split(",")]


def _sizes(sizes: str) -> Sequence[int]:
    return [int(size) for size in sizes.replace("_", "").split(",")]


if __name__ == "__main__":
    sys.exit(main())
