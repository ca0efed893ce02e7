"""What was measured, as people read it: the verdicts in a terminal, and the middle of docs/performance.md."""

from collections.abc import Iterator, Sequence
from math import log

from benchmarks import ROOT
from benchmarks.plot import growth_plot
from benchmarks.results import Result, all_kept
from benchmarks.rows import LARGEST, SMALL, STAGES, Row, Verdict, title

PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "images" / "growth.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_SIZES = (1, 100, 1_000, 10_000, 100_000)


def verdicts(rows: Sequence[Row]) -> list[tuple[Row, Verdict]]:
    return [(row, aim.verdict()) for row in rows for aim in row.aims]


def in_terminal(judged: Sequence[tuple[Row, Verdict]]) -> str:
    lines = [(row.work, verdict.aim.text, _figure(verdict), _judgement(verdict)) for row, verdict in judged]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    return "".join(
        "  ".join([*(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=False)), line[-1]]) + "\n"
        for line in lines
    )


def write_page(judged: Sequence[tuple[Row, Verdict]]) -> None:
    """The plot, and what stands between the two marks of the page. The rest is written by hand, and stays."""
    PLOT.write_text(growth_plot(list(all_kept())), encoding="utf-8")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{_middle(judged)}\n{END}{after}", encoding="utf-8")


def _middle(judged: Sequence[tuple[Row, Verdict]]) -> str:
    results = list(all_kept())
    parts = (
        _circumstances(results),
        "## The aims\n",
        _table(("work, two cores", "aim", "figure", "verdict"), _verdict_cells(judged)),
        "\n## Growth\n",
        f"![Seconds by firms, ours and others'](images/{PLOT.name})\n",
        _growth_note(),
        _table(("stage", *(f"{size:,}" for size in _SIZES), "exponent"), _growth_cells(results)),
        "\n## All figures\n",
        "Medians; memory is the highest peak.\n",
        _table(("case", "firms", "runs", "seconds", "CPU seconds", "ms a firm", "MB"), _all_cells(results)),
    )
    return "\n".join(parts)


def _circumstances(results: Sequence[Result]) -> str:
    """Of what all figures are; several, if they come from several runs."""
    lines = [
        f"- {name}: {'; '.join(sorted({result.of[key] for result in results}))}."
        for name, key in (
            ("Machine", "machine"),
            ("Python", "python"),
            ("Ours", "versions"),
            ("Others", "peers"),
            ("Commit", "commit"),
            ("Day", "day"),
        )
    ]
    codes = {result.of["code"] for result in results}
    if len(codes) > 1:
        lines.append(
            f"- The figures are of {len(codes)} runs with different code. A ratio is always of one run."
        )
    return "\n".join([*lines, ""])


def _verdict_cells(judged: Sequence[tuple[Row, Verdict]]) -> Iterator[Sequence[str]]:
    last = ""
    for row, verdict in judged:
        work = "" if row.work == last else row.work
        yield (work, verdict.aim.text, _figure(verdict), _judgement(verdict))
        last = row.work


def _figure(verdict: Verdict) -> str:
    if verdict.figure is None or verdict.limit is None:
        return "–"
    unit = "x" if verdict.aim.unit == "x" else f" {verdict.aim.unit}"
    return f"{_number(verdict.figure)}{unit}"


def _judgement(verdict: Verdict) -> str:
    if verdict.by is None:
        return f"not measured: {verdict.missing.splitlines()[0]}"
    if verdict.met:
        return f"met, {_number(verdict.by)} times over" if verdict.by >= 1.1 else "met"  # noqa: PLR2004 - a tenth
    return f"**fell short**, by {_number(1 / verdict.by)} times"


def _growth_note() -> str:
    return (
        "Milliseconds a firm, whole processes. The exponent is of the time between "
        f"{SMALL:,} and {LARGEST:,} firms, or the largest size that was measured: 1 is linear.\n"
    )


def _growth_cells(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    walls = {(result.case, result.firms): result.wall for result in results if result.runs}
    for stage in STAGES:
        cells = (walls.get((stage, size)) for size in _SIZES)
        yield (title(stage), *_a_firm(cells), _exponent(stage, walls))


def _a_firm(walls: Iterator[float | None]) -> Iterator[str]:
    for size, wall in zip(_SIZES, walls, strict=True):
        yield "–" if wall is None else _number(1000 * wall / size)


def _exponent(stage: str, walls: dict[tuple[str, int], float]) -> str:
    largest = max((firms for case, firms in walls if case == stage), default=0)
    if largest <= SMALL or (stage, SMALL) not in walls:
        return "–"
    times = walls[stage, largest] / walls[stage, SMALL]
    return f"{log(times) / log(largest / SMALL):.2f}"


def _all_cells(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    for result in sorted(results, key=lambda each: (each.case, each.firms)):
        if result.failure:
            yield (title(result.case), f"{result.firms:,}", "–", result.failure.splitlines()[0], "", "", "")
        elif result.runs:
            wall, cpu, memory = result.wall, result.cpu, result.memory / 1e6
            times = (_number(wall), _number(cpu), _number(1000 * wall / result.firms), _number(memory))
            yield (title(result.case), f"{result.firms:,}", str(len(result.runs)), *times)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    right = "---:" if len(head) > len(_SIZES) else "---"
    lines = [head, ["---"] + [right] * (len(head) - 1), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _number(value: float) -> str:
    """Three digits that say something."""
    if value >= 100:  # noqa: PLR2004
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"  # noqa: PLR2004
