"""What a document of ours lets its reader do: commands, edits of files, outputs to compare with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TWINS = {
    f"docs/guide/de/{name}.md": f"docs/guide/{name}.md"
    for name in ("operate", "connect", "by-hand", "take-over")
}
"""Long documents in German, each with the English one whose commands it shows."""

TAKE_OVER = "docs/guide/take-over.md"
"""Followed with a portal that is there already."""

DOCUMENTS = tuple(
    str(path.relative_to(ROOT))
    for path in sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
    if "reference" not in path.parts
    and str(path.relative_to(ROOT)) not in (*TWINS, TAKE_OVER)
    and re.search("```sh\n|<!-- run: ", path.read_text(encoding="utf-8"))
)
"""Those that show commands, to be followed beside a copy of the example."""

_PART = re.compile(
    r"^<!-- (?P<word>exit|edit|run|folder): (?P<told>.*?) -->$"
    r"|^(?P<indent> *)```(?P<language>[a-z]+)\n(?P<content>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block, with what the comments right above it say."""

    language: str
    content: str
    notes: dict[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    """Where its content stands in the document."""


def blocks(document: str) -> Iterator[Block]:
    """In order. `<!-- run: … -->` that no block follows at once is a block of its own: nobody sees it run.

    `<!-- exit: 3 -->`: so the last command of the block ends. `<!-- edit: file -->`: the `diff` below is
    done to this file, and so `validate` ends afterwards. `<!-- run: … -->`: the `text` below is
    what this prints.
    """
    text = (ROOT / document).read_text(encoding="utf-8")
    notes: dict[str, str] = {}
    noted_at = 0
    for part in _PART.finditer(text):
        if notes and text[noted_at : part.start()].strip():
            yield from _unseen(notes)
            notes = {}
        if part["word"]:
            if part["word"] in notes:
                yield from _unseen(notes)
                notes = {}
            notes[part["word"]] = part["told"]
            noted_at = part.end()
            continue
        if part["language"] != "text":
            yield from _unseen(notes)
        yield Block(part["language"], _dedented(part), notes, part.start("content"), part.end("content"))
        notes = {}
    yield from _unseen(notes)


def _unseen(notes: dict[str, str]) -> Iterator[Block]:
    if "run" in notes:
        yield Block("sh", notes.pop("run") + "\n", notes)


def _dedented(part: re.Match[str]) -> str:
    return re.sub(rf"^{part['indent']}", "", part["content"], flags=re.MULTILINE)
