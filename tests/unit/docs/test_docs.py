"""The documents say what is there: links lead somewhere, commands exist, tables are the code's."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalsync.cli import program
from portalsync.errors import ExitCode

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "portalsync"
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
WORKSHOP = (
    *DOCUMENTS,
    *(ROOT / ".github").rglob("*.yml"),
    ROOT / ".pre-commit-config.yaml",
    ROOT / "Makefile",
)

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
NAMED_PATH = re.compile(r"\.?[\w.-]+(/[\w.-]+)*(/|\.py|\.toml|\.j2)")
MACHINE_PATH = re.compile(r"(?<![\w.<{])/(root|home|tmp|work|Users|mnt)/")


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _commands() -> Iterator[tuple[str, list[str]]]:
    for document in DOCUMENTS:
        for block in FENCE.findall(document.read_text(encoding="utf-8")):
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if words and words[0].removeprefix(".venv/bin/") == "portalsync":
                    yield f"{_named(document)}: {line}", words[1:]


@pytest.mark.parametrize("code", ExitCode, ids=str)
def test_every_exit_code_stands_in_the_readme(code: ExitCode) -> None:
    assert f"| {code.value} | {code.meaning} |" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("decision", DECISIONS, ids=_named)
def test_a_decision_says_what_why_and_what_it_costs(decision: Path) -> None:
    number = re.match(r"(\d{4})-[a-z0-9-]+\.md", decision.name)
    assert number, "name it NNNN-title.md"
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {number[1]}: ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["What", "Why", "Cost"]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_links_lead_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    lost = [link for link in links if not (document.parent / link.partition("#")[0]).exists()]
    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_files_that_are_named_are_there(document: Path) -> None:
    """A file or folder in a code span is one of the repository, or of the package."""
    spans = SPAN.findall(FENCE.sub("", document.read_text(encoding="utf-8")))
    named = [span for span in spans if NAMED_PATH.fullmatch(span) and "/" in span]
    # made by the tools, so not in a fresh clone
    lost = [name for name in named if name not in ("dist/", ".venv/") and not _is_there(name)]
    assert lost == []


def _is_there(name: str) -> bool:
    return any((folder / name).exists() for folder in (ROOT, PACKAGE))


@pytest.mark.parametrize("words", [pytest.param(words, id=line) for line, words in _commands()])
def test_commands_are_understood(words: list[str]) -> None:
    """Each command line of the documents parses; nothing is run."""
    name, *arguments = words
    program.commands[name].make_context(name, arguments)


def test_there_are_commands_to_understand() -> None:
    assert {words[0] for _, words in _commands()} >= {"validate", "plan", "preview", "apply"}


@pytest.mark.parametrize("document", WORKSHOP, ids=_named)
def test_no_document_knows_one_machine(document: Path) -> None:
    assert MACHINE_PATH.findall(document.read_text(encoding="utf-8")) == []
