"""What errors and commands say: in both languages, with every value that the sentence needs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import portalsync
from portalsync.lexicon import lexicon_of

SOURCES = Path(portalsync.__file__).parent
KEYS = sorted(key for key in lexicon_of("en").keys() if key.startswith("errors."))  # noqa: SIM118 - a lexicon is no mapping


@pytest.mark.parametrize("key", KEYS)
def test_german_is_no_english(key: str) -> None:
    """Seen to fail for a sentence that was copied from the English file."""
    english, german = lexicon_of("en").messages[key], lexicon_of("de").messages[key]
    assert english != german


@pytest.mark.parametrize("locale", ["en", "de"])
def test_messages_are_sentences(locale: str) -> None:
    """They begin like one, or with a value, and end with a full stop."""
    messages = lexicon_of(locale).messages
    told = [key for key in KEYS if re.search(r"\.(message|hint|hint-\d+|message\.one|message\.other)$", key)]
    ragged = [key for key in told if not re.fullmatch(r"[A-ZÄÖÜ{#1].*(\.|: [^.]*|\. \{why\})", messages[key])]
    assert ragged == []


@pytest.mark.parametrize(
    "path", sorted(SOURCES.rglob("*.py")), ids=lambda path: path.relative_to(SOURCES).as_posix()
)
def test_phrases_have_the_values_of_their_placeholders(path: Path) -> None:
    """No sentence stops in the middle because a value is missing, and no value is given for nothing.

    Seen to fail when `phrase("errors.folder.unwritable.message", folder=...)` came without its reason.
    """
    for call, key, forms in _phrases(path):
        given = {word.arg for word in call.keywords}
        needed = {name for form in forms for name in _placeholders(form)} - _itself(call)
        assert None in given or given == needed, f"line {call.lineno}: {key}"


def _phrases(path: Path) -> Iterator[tuple[ast.Call, str, list[str]]]:
    """Each phrase with a literal key, and the forms that the key has in English."""
    messages = lexicon_of("en").messages
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match call:
            case ast.Call(ast.Name("phrase" | "counted" as how), [ast.Constant(str(key)), *_]):
                keys = [key] if how == "phrase" else [f"{key}.one", f"{key}.other"]
                yield call, key, [messages[each] for each in keys]


def _itself(call: ast.Call) -> set[str]:
    """What a counted message is given without asking: its number."""
    return {"n"} if ast.unparse(call.func) == "counted" else set()


def _placeholders(text: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", text)
