"""Sizes to feel good in: functions read top-down, modules fit into a head.

Each test allows what is rare and names the longest, so that there is something to look at when it fails.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "portalsync"


def test_functions_have_six_lines_or_fewer_at_the_median() -> None:
    lengths = _functions()
    assert median(lengths.values()) <= 6, _longest(lengths)


def test_nearly_all_functions_are_below_twenty_lines() -> None:
    _few_have(20, _functions())


def test_no_function_is_above_forty_five_lines() -> None:
    assert [*_above(45, _functions())] == []


def test_nearly_all_modules_are_below_250_lines() -> None:
    _few_have(250, {name: len(text.splitlines()) for name, text in _modules().items()})


def _few_have(limit: int, lengths: Mapping[str, int]) -> None:
    """No more than one in twenty."""
    too_long = [*_above(limit - 1, lengths)]
    assert len(too_long) <= len(lengths) / 20, f"{len(too_long)} of {len(lengths)}: {_longest(lengths)}"


def _above(limit: int, lengths: Mapping[str, int]) -> Iterator[str]:
    return (f"{name}: {length}" for name, length in lengths.items() if length > limit)


def _longest(lengths: Mapping[str, int]) -> list[str]:
    return [f"{name}: {lengths[name]}" for name in sorted(lengths, key=lambda name: -lengths[name])[:20]]


def _functions() -> Mapping[str, int]:
    """Lines of each function, from its `def` to its end."""
    return {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, text in _modules().items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _modules() -> Mapping[str, str]:
    return {
        str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*.py"))
    }
