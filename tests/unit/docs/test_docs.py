"""The documents say what is there: links lead somewhere, files exist, tables are the code's."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from portalsync.errors import ExitCode

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "portalsync"
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
OPTIONS = ROOT / "docs" / "reference" / "options"
GERMAN_OPTIONS = ROOT / "docs" / "reference" / "de" / "options"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
WORKSHOP = (
    *(path for path in DOCUMENTS if "reference" not in path.parts),  # its examples name made-up homes
    *(ROOT / ".github").rglob("*.yml"),
    ROOT / ".pre-commit-config.yaml",
    ROOT / "Makefile",
)

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`[^`\n]+`")
FENCES = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
MADE = ("dist/", ".venv/", "build/site/", "build/bench/", "pictures/")
"""What tools make, so that it is not in a fresh clone."""
NAMED_PATH = re.compile(r"\.?[\w.-]+(/[\w.-]+)*(/|\.py|\.toml|\.j2)")
MACHINE_PATH = re.compile(r"(?<![\w.<{])/(root|home|tmp|work|Users|mnt)/")


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


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


def test_no_number_of_a_decision_is_used_twice() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == sorted({*numbers})


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_links_lead_somewhere(document: Path) -> None:
    """To a file and, below it, to a headline. Seen to fail for either."""
    text = CODE.sub("code", FENCES.sub("", document.read_text(encoding="utf-8")))
    links = [link for link in LINK.findall(text) if "://" not in link]
    lost = [link for link in links if not _leads_somewhere(document, link)]
    assert lost == []


def _leads_somewhere(document: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = document.parent / name if name else document
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(document: Path) -> set[str]:
    headlines = re.findall(r"^#+ (.*)$", FENCES.sub("", document.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", each).strip().lower().replace(" ", "-") for each in headlines}


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_pages_link_to_pages(page: Path) -> None:
    """A site holds docs/ and nothing else."""
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    outside = [link for link in links if not (page.parent / link).resolve().is_relative_to(ROOT / "docs")]
    assert outside == []


def test_the_site_leads_to_every_page() -> None:
    """By mkdocs.yml, or to an option by the list of options.

    Seen to fail for a page that is new and not in mkdocs.yml, and for an option that the list leaves out.
    """
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = {
        options / target
        for options in (OPTIONS, GERMAN_OPTIONS)
        for target in LINK.findall((options / "index.md").read_text(encoding="utf-8"))
    }
    reached = {ROOT / "docs" / leaf for leaf in _leaves(site["nav"])} | listed
    assert reached == {page for page in PAGES if page not in DECISIONS}


def _leaves(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    else:
        for each in entry.values() if isinstance(entry, dict) else entry:
            yield from _leaves(each)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_files_that_are_named_are_there(document: Path) -> None:
    """A file or folder in a code span is one of the repository, or of the package."""
    spans = SPAN.findall(FENCES.sub("", document.read_text(encoding="utf-8")))
    named = [span for span in spans if NAMED_PATH.fullmatch(span) and "/" in span]
    lost = [name for name in named if name not in MADE and not _is_there(name)]
    assert lost == []


def _is_there(name: str) -> bool:
    return any((folder / name).exists() for folder in (ROOT, PACKAGE, ROOT / "portal-config"))


@pytest.mark.parametrize("document", WORKSHOP, ids=_named)
def test_no_document_knows_one_machine(document: Path) -> None:
    assert MACHINE_PATH.findall(document.read_text(encoding="utf-8")) == []
