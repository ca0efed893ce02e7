"""What the figures are judged to be, and where that is written."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from benchmarks import report, results
from benchmarks.plot import growth_plot
from benchmarks.results import all_kept, is_kept, keep
from benchmarks.rows import Row, full, short
from benchmarks.timing import Run

PAGE = """\
# Performance

<!-- measured: aims -->
yesterday
<!-- measured: end -->

By hand.

<!-- measured: figures -->
yesterday
<!-- measured: end -->

Also by hand.
"""


@pytest.fixture(autouse=True)
def kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "KEPT", tmp_path / "results")
    monkeypatch.setattr(report, "PAGE", tmp_path / "performance.md")
    monkeypatch.setattr(report, "PLOT", tmp_path / "growth.svg")


def test_many_times_faster_meets_an_aim_of_at_least() -> None:
    _keep("validate", 10_000, 1, 1, 1)
    _keep("check-jsonschema", 10_000, 90)
    assert _judged("validate") == [
        "90.0x | met, 2.00 times over",
        "– | not measured: sourcemeta-jsonschema, 10,000: not run",
    ]


def test_too_slow_falls_short_by_so_much() -> None:
    _keep("validate", 10_000, 2)
    _keep("check-jsonschema", 10_000, 45)
    _keep("sourcemeta-jsonschema", 10_000, 1)
    assert _judged("validate") == ["22.5x | **fell short**, by 2.00 times", "2.00x | met, 1.50 times over"]


def test_a_ratio_is_of_the_same_turns() -> None:
    """The machine was slow in the second turn, for both."""
    _keep("validate-again", 10_000, 1, 3, 1)
    _keep("limit-read", 10_000, 1, 3, 0.25)
    assert _judged("again")[2] == "1.00x | met, 3.00 times over"


def test_what_failed_is_not_met_and_says_why() -> None:
    keep("review", 500, [], failure="review was stopped after 600 s.")
    assert _judged("review")[0] == "– | not measured: review was stopped after 600 s."


def test_a_changed_firm_has_twenty_milliseconds() -> None:
    _keep("plan-same", 10_000, 1)
    _keep("plan-few", 10_000, 1.5)
    assert _judged("few") == ["1.50 s | met"]


def test_what_was_written_by_hand_stays() -> None:
    report.PAGE.write_text(PAGE, encoding="utf-8")
    _keep("plan-same", 10_000, 1)
    _keep("plan-same", 1_000, 0.1)
    report.write_page(report.verdicts(full()))
    report.write_page(report.verdicts(full()))
    page = report.PAGE.read_text(encoding="utf-8")
    assert page.startswith("# Performance\n\n<!-- measured: aims -->\n")
    assert "\n<!-- measured: end -->\n\nBy hand.\n\n<!-- measured: figures -->\n" in page
    assert page.endswith("\n<!-- measured: end -->\n\nAlso by hand.\n")
    assert "yesterday" not in page
    assert "| plan, nothing changed | – | – | 0.10 | 0.10 | – | 1.00 |" in page


def test_the_short_form_compares_no_seconds() -> None:
    assert {aim.unit for row in short() for aim in row.aims} == {"x"}


def test_lines_of_the_plot_end_in_labels_that_do_not_overlap() -> None:
    for case in ("plan-same", "validate-again", "validate"):
        _keep(case, 1_000, 1)
        _keep(case, 10_000, 2)
    heights = [
        float(line.split('y="')[1].split('"')[0])
        for line in growth_plot(list(all_kept())).splitlines()
        if line.startswith('<text class="c')
    ]
    assert len(heights) == 3
    assert all(later - earlier >= 16 for earlier, later in pairwise(heights))


def test_what_other_code_measured_is_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _keep("validate", 1, 1)
    assert is_kept("validate", 1)
    monkeypatch.setattr(results, "circumstances", lambda: {"code": "another"})
    assert not is_kept("validate", 1)


def _keep(case: str, firms: int, *walls: float) -> None:
    keep(case, firms, [Run(wall, wall, 30_000_000) for wall in walls])


def _judged(row: str) -> list[str]:
    rows: list[Row] = [each for each in full() if each.id == row]
    lines = report.in_terminal(report.verdicts(rows)).splitlines()
    return [" | ".join(re.split(r"\s{2,}", line)[2:]) for line in lines]
