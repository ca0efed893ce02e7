"""The words of findings, which are many and seldom seen, are German in German and whole sentences in both."""

import re

import pytest

from portalsync.lexicon import LOCALES, lexicon_of

KEYS = [key for key in lexicon_of("en").keys() if key.startswith(("yaml.", "findings."))]  # noqa: SIM118 - a lexicon is no mapping
SIGN = re.compile(r"`[^`]*`|\{\w+\}")
ENGLISH = re.compile(
    r"(?<![\w-])(the|is|are|and|or|of|no|not|here|this|that|file|line|key|value|with|for|error|warning)(?![\w-])"
)


def test_german_is_not_english() -> None:
    """Signs and names in `…` apart. Seen to fail when a sentence was copied and left as it was."""
    german, english = lexicon_of("de").messages, lexicon_of("en").messages
    assert [key for key in KEYS if german[key] == english[key]] == []
    assert [key for key, text in german.items() if ENGLISH.search(SIGN.sub("", text))] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_messages_and_hints_are_sentences(locale: str) -> None:
    said = {key: lexicon_of(locale).messages[key] for key in KEYS if re.search(r"\.(message|hint)\w*$", key)}
    assert [key for key, text in said.items() if not text.endswith(".")] == []
    assert [key for key, text in said.items() if text[0].islower()] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_was_expected_is_no_sentence(locale: str) -> None:
    """It stands behind a colon."""
    said = {key: lexicon_of(locale).messages[key] for key in KEYS if ".expected" in key}
    assert [key for key, text in said.items() if text.endswith(".")] == []
