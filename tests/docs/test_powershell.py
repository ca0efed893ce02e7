"""Whatever a guide has people type that PowerShell reads otherwise has its twin: in a block of its own right
below, or in the table of the guide for beginners, to which the page leads.
"""

import re

import pytest
from tests.docs.reading import ROOT, Block, blocks

SHELL, POWERSHELL = ("sh", "bash"), "powershell"
SPELLINGS = {
    "script read into this shell": r"^(\.|source) \S",
    "variable for what follows": r"^export ",
    "variable for one command": r"^[A-Z_]+=\S* \S",
    "value of a variable": r"\$[A-Za-z_{]",
    "output of another command": r"\$\(|`",
    "output into a file": r" 2?>>? ?\S",
    "input from a file": r" <",
    "line that goes on": r"\\$",
    "one command after another": r" (&&|\|\|) ",
    "escaped sign": r"\\[\"' $]",
    "folder of programs": r"\.venv/bin/pip",
    "name of Python": r"^python3 ",
    "curl, which older PowerShells take for another": r"^curl ",
    "make": r"^make ",
    "program of POSIX": r"(^|\| )(rm|cp|mv|ln|mkdir|touch|cat|grep|sed|head|tail|tee|less|chmod|sudo) ",
}
GUIDES = {
    "docs/guide/start.md": (
        "README.md",
        *(f"docs/guide/{path.name}" for path in ROOT.glob("docs/guide/*.md")),
    ),
    "docs/guide/de/start.md": tuple(f"docs/guide/de/{path.name}" for path in ROOT.glob("docs/guide/de/*.md")),
}
"""By the page that has the table."""
PAGES = [(page, table) for table, pages in GUIDES.items() for page in sorted(pages)]
_CELL = re.compile(r"^\| ([^|]+) \|", re.MULTILINE)
_ROW = re.compile(r"^\| (?P<here>`.+?`) \| (?P<there>.+) \|$", re.MULTILINE)


def spelt_for_posix(commands: str) -> set[str]:
    """What of it is not PowerShell's. What stands in single quotation marks and comments says nothing."""
    plain = re.sub(r"'[^'\n]*'|(^| )#.*$", "", commands, flags=re.MULTILINE)
    return {name for name, pattern in SPELLINGS.items() if re.search(pattern, plain, re.MULTILINE)}


def without_twin(page: str) -> list[Block]:
    """Blocks that people see, and that no block for PowerShell follows."""
    seen = [each for each in blocks(page) if each.end]
    return [
        each
        for each, following in zip(seen, [*seen[1:], None], strict=True)
        if each.language in SHELL and (following is None or following.language != POWERSHELL)
    ]


def rows(table: str) -> list[tuple[str, str]]:
    text = (ROOT / table).read_text(encoding="utf-8")
    return [(row["here"].strip("`"), row["there"]) for row in _ROW.finditer(text)]


@pytest.mark.parametrize(("page", "table"), PAGES, ids=[page for page, _ in PAGES])
def test_what_powershell_reads_otherwise_has_a_twin(page: str, table: str) -> None:
    """Seen to fail: `curl` and `python3` had none, and most pages led to no table."""
    text = (ROOT / table).read_text(encoding="utf-8")
    here = [code for cell in _CELL.findall(text) for code in re.findall("`([^`]+)`", cell)]
    covered = {name for code in here for name in spelt_for_posix(code)}
    needed = {name for block in without_twin(page) for name in spelt_for_posix(block.content)}
    assert needed - covered == set()
    if needed:
        assert re.search(r"\]\(([\w./]*start\.md)?#(on|unter)-windows\)", (ROOT / page).read_text("utf-8"))


@pytest.mark.parametrize("table", GUIDES)
def test_the_twins_are_powershell(table: str) -> None:
    """Each row has something that differs, and its twin nothing of POSIX left."""
    known = rows(table)
    assert len(known) >= 8
    for here, there in known:
        twin = "\n".join(re.findall(r"^`([^`]+)`", there))
        assert twin, here
        assert spelt_for_posix(here) or here == twin, here
        left = spelt_for_posix(twin) & spelt_for_posix(here)
        assert left - {"value of a variable"} == set(), twin


def test_both_languages_have_the_same_rows() -> None:
    english, german = (
        [(here, re.findall("`[^`]+`", there)[0]) for here, there in rows(table)] for table in GUIDES
    )
    assert german == english


@pytest.mark.parametrize(
    ("commands", "spelling"),
    [
        (". .venv/bin/activate", "script read into this shell"),
        ("LANG=de portalsync plan", "variable for one command"),
        ("portalsync plan --out $PLAN", "value of a variable"),
        ("portalsync plan --ack $(cat ack)", "output of another command"),
        ("portalsync plan > plan.txt", "output into a file"),
        ("portalsync plan \\\n  --out plan.json", "line that goes on"),
        ("portalsync plan && portalsync apply", "one command after another"),
        ("rm -r build", "program of POSIX"),
    ],
)
def test_such_spellings_are_seen(commands: str, spelling: str) -> None:
    assert spelling in spelt_for_posix(commands)


def test_what_both_read_alike_needs_no_twin() -> None:
    assert (
        spelt_for_posix("portalsync init --name 'A > B & $C' # > \\\npip install 'portalsync[dask]'\n")
        == set()
    )
