"""One word, one thing: the names that the glossary keeps for something else, or that say nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAY_NOTHING = {"told", "said", "found"}


def test_no_function_is_called_by_what_it_does_not_say() -> None:
    """Seen to fail for a function `_told`."""
    called = {(path.name, each.name) for path, each in _functions()}
    assert [each for each in called if each[1].strip("_") in SAY_NOTHING] == []


def test_a_lexicon_is_called_lexicon() -> None:
    """`words` are the files. Seen to fail for a parameter `words: Lexicon`."""
    parameters = ((path.name, each) for path, function in _functions() for each in ast.walk(function.args))
    typed = [(name, each) for name, each in parameters if isinstance(each, ast.arg) and each.annotation]
    lexicons = [(name, each.arg) for name, each in typed if "Lexicon" in ast.unparse(each.annotation or each)]
    assert [each for each in lexicons if each[1] != "lexicon"] == []


def _functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for folder in ("src", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(each, ast.FunctionDef):
                    yield path, each
