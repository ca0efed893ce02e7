"""Long guides are there in German too. Their commands are those of the English ones, which tests run."""

import re

import pytest
from tests.docs.reading import ROOT, TWINS, Block, blocks

ENGLISH = re.compile(r"\b(the|is|are|and|of|not|error|help|saved|files)\b")
_COMMENT = re.compile(r" +# .*$", re.MULTILINE)


@pytest.mark.parametrize(("german", "english"), TWINS.items())
def test_a_twin_has_the_same_commands_edits_and_files(german: str, english: str) -> None:
    """In the same order. Seen to fail for a command that the English guide got alone."""
    assert [*map(_typed, blocks(german))] == [*map(_typed, blocks(english))]


@pytest.mark.parametrize("german", TWINS)
def test_a_twin_shows_german_output(german: str) -> None:
    shown = [block.content for block in blocks(german) if block.language == "text"]
    assert [text for text in shown if ENGLISH.search(text)] == []


@pytest.mark.parametrize(("german", "english"), TWINS.items())
@pytest.mark.parametrize("part", [r"^#+ ", r"^\| ", r"^- ", r"^\d\. ", r"\]\((?!http)"], ids=str)
def test_a_twin_has_the_same_parts(german: str, english: str, part: str) -> None:
    """As many sections, rows of tables, items of lists and links."""
    counted = [len(re.findall(part, _prose(document), re.MULTILINE)) for document in (german, english)]
    assert counted[0] == counted[1]


def _typed(block: Block) -> tuple[str, str, dict[str, str]]:
    content = "" if block.language == "text" else _COMMENT.sub("", block.content)
    return block.language, content, block.notes


def _prose(document: str) -> str:
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
