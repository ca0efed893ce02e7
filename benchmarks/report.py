"""What was measured, as people read it: the verdicts in a terminal, and the middle of docs/performance.md."""

from collections.abc import Iterator, Sequence
from math import log

from benchmarks import ROOT
from benchmarks.plot import growth_plot
from benchmarks.results import Result, all_kept
from benchmarks.rows import LARGEST, SMALL, STAGES, Row, Verdict, title

PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "images" / "growth.svg"
END = "<!-- measured: end -->"
_GROWTH = f"""\
Milliseconds a firm, whole processes. The exponent is of the time between {SMALL:,} and {LARGEST:,} firms, or
the largest size that was measured: 1 is linear.
"""
_ALL = """\
All figures: seconds / CPU seconds / MB, the first two as medians, the last as the highest peak.
"""
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
    """The plot, and what stands behind the marks of the page. The rest is written by hand, and stays."""
    results = list(all_kept())
    PLOT.write_text(growth_plot(results), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    for name, text in (("aims", _aims(judged, results)), ("figures", _figures(results))):
        page = _replaced(page, f"<!-- measured: {name} -->", text)
    PAGE.write_text(page, encoding="utf-8")


def _replaced(page: str, begin: str, text: str) -> str:
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(END)
    return f"{before}{begin}\n\n{text}\n{END}{after}"


def _aims(judged: Sequence[tuple[Row, Verdict]], results: Sequence[Result]) -> str:
    head = ("work, two cores", "aim", "figure", "verdict")
    return f"{_circumstances(results)}\n{_table(head, _verdict_cells(judged))}"


def _figures(results: Sequence[Result]) -> str:
    sizes = tuple(f"{size:,}" for size in _SIZES)
    parts = (
        f"![Seconds by firms, ours and others'](images/{PLOT.name})\n",
        _GROWTH,
        _table(("stage", *sizes, "exponent"), _growth_cells(results)),
        "",
        _ALL,
        _table(("case", *sizes), _all_cells(results)),
        "",
        _table(("case", "seconds / CPU / MB"), _single_cells(results)),
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
    times = 1 / verdict.by
    return f"**fell short**, by {f'{100 * (times - 1):.1f} %' if times < 2 else f'{_number(times)} times'}"  # noqa: PLR2004


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
    """A line for each case that was measured at several sizes."""
    by_case = {(result.case, result.firms): result for result in results}
    for case in sorted({result.case for result in results if result.firms in _SIZES[1:]}, key=title):
        yield (title(case), *(_cell(by_case.get((case, size))) for size in _SIZES))


def _single_cells(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    several = {result.case for result in results if result.firms in _SIZES[1:]}
    for result in sorted(results, key=lambda each: title(each.case)):
        if result.case not in several:
            yield (title(result.case), _cell(result))


def _cell(result: Result | None) -> str:
    if result is None or not result.runs:
        return "–" if result is None or not result.failure else result.failure.splitlines()[0]
    return " / ".join(_number(each) for each in (result.wall, result.cpu, result.memory / 1e6))


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    right = "---" if "aim" in head else "---:"
    lines = [head, ["---"] + [right] * (len(head) - 1), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _number(value: float) -> str:
    """Three digits that say something."""
    if value >= 100:  # noqa: PLR2004
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"  # noqa: PLR2004
