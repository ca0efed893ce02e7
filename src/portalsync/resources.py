"""Where templates, schemas, words and the example are: in a checkout and in an installed wheel."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_WORDS = _PACKAGE / "words"
_DESCRIPTIONS = "descriptions"


@cache
def folder(name: str) -> Path:
    """A folder that travels with the package: `templates`, `schemas` or `portal-config`.

    In a wheel it lies inside the package, in a checkout at the top of the repository.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def languages() -> frozenset[str]:
    """The languages that portalsync speaks, each by the tag that names its folder of words."""
    return frozenset(path.name for path in _WORDS.iterdir() if path.is_dir())


def words_files(locale: str) -> frozenset[str]:
    """The names of a language's files of words. FileNotFoundError if it has no folder."""
    found = {path.stem for path in (_WORDS / locale).iterdir() if path.suffix == ".toml"}
    return frozenset(found - {_DESCRIPTIONS})


def readme(locale: str) -> str:
    """The template of what a new repository explains in a language."""
    return (_WORDS / locale / "README.md.j2").read_text(encoding="utf-8")


def words_file(locale: str, name: str) -> str:
    """The text of a file of words, for example `de`, `options`."""
    return (_WORDS / locale / f"{name}.toml").read_text(encoding="utf-8")


def descriptions_of(locale: str) -> str:
    """The text of the file that says what keys are for; empty for English, which the code says."""
    file = _WORDS / locale / f"{_DESCRIPTIONS}.toml"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def regional_words() -> str:
    """The text of the file of words that are others in some regions of a language."""
    return (_WORDS / "regions.toml").read_text(encoding="utf-8")
