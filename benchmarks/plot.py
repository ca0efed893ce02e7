"""How time grows with firms, as an SVG: both axes logarithmic, no script, no request, light and dark."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import log10

from benchmarks.results import Result

_WIDTH, _HEIGHT = 760, 440
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 28, 552, 392
_SIZES = (1, 10, 100, 1_000, 10_000, 100_000)
_SECONDS = (0.01, 0.1, 1, 10, 100, 1_000, 10_000)
_LINE = 16
_OURS = {
    "first-plan": "first plan",
    "apply": "apply",
    "validate": "validate, cold",
    "validate-again": "validate again",
    "plan-same": "plan, nothing changed",
}
_PEERS = {
    "octodns-same": "octodns, nothing changed",
    "octodns-doit": "octodns --doit",
    "check-jsonschema": "check-jsonschema",
    "sourcemeta-jsonschema": "sourcemeta-jsonschema",
}
_STYLE = """\
svg{background:#fff;color:#1b1f24;font:12px system-ui,sans-serif}text{fill:currentColor}
.grid{stroke:#d7dbe0}text.axis{fill:#59636e}
path{fill:none;stroke:currentColor;stroke-width:2.25}circle{fill:currentColor}
.peer{color:#59636e}path.peer{stroke-dasharray:5 4}
.c0{color:#1f5fbf}.c1{color:#b3261e}.c2{color:#0b7a4b}.c3{color:#8a5a00}.c4{color:#7a3fb8}
@media (prefers-color-scheme:dark){
svg{background:#15181d;color:#e6e9ee}.grid{stroke:#343a43}text.axis{fill:#a5adb8}.peer{color:#a5adb8}
.c0{color:#7fb0ff}.c1{color:#ff8f87}.c2{color:#5fd39a}.c3{color:#e0b04b}.c4{color:#c79bff}
}
"""


def growth_plot(results: Sequence[Result]) -> str:
    """Seconds of a whole process by firms: a line for each stage of ours, dashed for other programs."""
    lines = _lines(results)
    label = "Seconds of a whole process by number of firms, both logarithmic"
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" ',
            f'aria-label="{label}">\n<style>{_STYLE}</style>\n',
            *_axes(),
            *(each for style, points in lines.values() for each in _drawn(style, points)),
            *_labels(lines),
            "</svg>\n",
        )
    )


def _lines(results: Sequence[Result]) -> Mapping[str, tuple[str, Sequence[tuple[float, float]]]]:
    """By label: its style, and its points in pixels."""
    names = {case: (f"c{number}", label) for number, (case, label) in enumerate(_OURS.items())}
    names |= {case: ("peer", label) for case, label in _PEERS.items()}
    lines = {
        label: (style, [_place(each) for each in _of_case(results, case)])
        for case, (style, label) in names.items()
    }
    return {label: line for label, line in lines.items() if line[1]}


def _of_case(results: Sequence[Result], case: str) -> Sequence[Result]:
    return sorted((each for each in results if each.case == case and each.runs), key=lambda each: each.firms)


def _place(result: Result) -> tuple[float, float]:
    return _x(result.firms), _y(result.wall)


def _x(firms: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * log10(firms) / log10(_SIZES[-1])


def _y(seconds: float) -> float:
    low, high = log10(_SECONDS[0]), log10(_SECONDS[-1])
    return _BOTTOM - (_BOTTOM - _TOP) * (log10(seconds) - low) / (high - low)


def _axes() -> Iterator[str]:
    for size in _SIZES:
        x = _x(size)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{_BOTTOM}"/>'
        yield f'<text class="axis" x="{x:.1f}" y="{_BOTTOM + 18}" text-anchor="middle">{size:,}</text>\n'
    for seconds in _SECONDS:
        y = _y(seconds)
        yield f'<line class="grid" x1="{_LEFT}" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="axis" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{seconds:,} s</text>\n'
    middle = (_LEFT + _RIGHT) / 2
    yield f'<text class="axis" x="{middle}" y="{_BOTTOM + 38}" text-anchor="middle">firms</text>\n'


def _drawn(style: str, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<path class="{style}" d="M{path}"/>'
    yield from (f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    yield "\n"


def _labels(lines: Mapping[str, tuple[str, Sequence[tuple[float, float]]]]) -> Iterator[str]:
    """At the right, as near to the ends of the lines as they fit above one another."""
    y = float(_TOP)
    for label, (style, points) in sorted(lines.items(), key=lambda line: line[1][1][-1][1]):
        y = max(y, points[-1][1])
        yield f'<text class="{style}" x="{_RIGHT + 12}" y="{y + 4:.1f}">{escape(label)}</text>\n'
        y += _LINE
