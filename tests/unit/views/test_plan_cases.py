"""Whole plans and what a partner of the firm reads in them.

A case is a folder of `tests/cases/plan/`. `base/` is applied first, with the case's `before/` over it;
then the edits of `case.json` are made by hand; what is planned is `base/` with `after/` over it. The
lists `removed_before` and `removed_after` name files to take away. After a change of the wording:
`pytest tests/unit/views --update-cases`, then read the diff as that partner would.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portalsync.apply.fresh import check_fresh
from portalsync.apply.send import apply_plan
from portalsync.backend.protocol import Backend
from portalsync.commits import Commit, Committed, Conditional
from portalsync.lexicon import lexicon_of
from portalsync.model.edit import Edit
from portalsync.model.plan import HeldParts, Plan
from portalsync.model.receipt import Outcome
from portalsync.pipeline.load import load, seed_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.surveyed import Survey
from portalsync.server.in_process import open_embedded
from portalsync.views.formats.markdown import render_markdown
from portalsync.views.plan_json import plan_json
from portalsync.views.text_report import render_text
from portalsync.views.wording.plan import word_plan
from portalsync.wire import Origin

CASES = Path(__file__).parents[2] / "cases" / "plan"
BASE = CASES / "base"
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder != BASE)
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
WIDTH = 100


@pytest.mark.parametrize("name", NAMES)
def test_reads_as_it_was_reviewed(name: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    plan, english, german = _planned(CASES / name, tmp_path), lexicon_of("en"), lexicon_of("de")
    found = {
        "expected.txt": render_text(word_plan(plan, english), english, color=False, width=WIDTH),
        "expected.de.txt": render_text(word_plan(plan, german), german, color=False, width=WIDTH),
        "expected.md": render_markdown(word_plan(plan, english), english),
        "expected.json": json.dumps(_lasting(plan), indent=1, ensure_ascii=False) + "\n",
    }
    if pytestconfig.getoption("update_cases"):
        for file, text in found.items():
            (CASES / name / file).write_text(text)
    assert found == {file: (CASES / name / file).read_text() for file in found}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_acts(name: str) -> None:
    """No firm's text moves a cursor, turns the direction of reading, speaks to a runner, or marks up."""
    texts = [(CASES / name / file).read_text() for file in ("expected.txt", "expected.de.txt", "expected.md")]
    for text in texts:
        assert all(char.isprintable() or char in "\n\ufe0f" for char in text)
        assert not any(line.startswith("::") for line in text.splitlines())
    outside = "".join(_outside_code(texts[-1]))
    assert not {"<script", "@team", "![", "]("} & {mark for mark in _MARKS if mark in outside}


_MARKS = ("<script", "@team", "![", "](")


def _outside_code(markdown: str) -> Iterator[str]:
    """What is left of Markdown without its code spans."""
    rest = markdown
    while "`" in rest:
        before, _, rest = rest.partition("`")
        fence = 1 + len(rest) - len(rest.lstrip("`"))
        yield before
        rest = rest.lstrip("`")
        _, _, rest = rest.partition("`" * fence)
    yield rest


def _planned(case: Path, root: Path) -> Plan:
    about = json.loads((case / "case.json").read_text())
    before = _laid_out(root / "before", case / "before", about.get("removed_before", ()))
    after = _laid_out(root / "after", case / "after", about.get("removed_after", ()))
    everything = load(_laid_out(root / "everything", case / "after", ()))
    portal = open_embedded(root / "portal.db", seed_of(everything), lambda: NOW)
    try:
        _apply(load(before), portal)
        for edit in about.get("edits", ()):
            _edit(edit, portal)
        plan = make_plan(load(after), portal, "production", NOW)
    finally:
        portal.close()
    firms = HeldParts(replace(firm, pages="", audit="") for firm in plan.firms)
    return replace(plan, portal="portal", options={}, config="config", firms=firms)


def _lasting(plan: Plan) -> Mapping[str, Any]:
    """What changes only when plans do."""
    body = json.loads(b"".join(plan_json(plan)))
    return {
        key: body[key]
        for key in ("at", "clients", "firms", "stopped", "unchanged", "unmanaged")
        if key in body
    }


def _laid_out(target: Path, over: Path, removed: list[str] | tuple[str, ...]) -> Path:
    shutil.copytree(BASE, target)
    if over.is_dir():
        shutil.copytree(over, target, dirs_exist_ok=True)
    for name in removed:
        (target / name).unlink()
    return target


def _apply(config: Survey, portal: Backend) -> None:
    plan = make_plan(config, portal, "production", NOW)
    receipt = apply_plan(check_fresh(plan, portal), portal, "deployment")
    assert {firm.outcome for firm in receipt.firms} <= {Outcome.COMMITTED}


def _edit(edit: Mapping[str, Any], portal: Backend) -> None:
    """Somebody sets, or with null unsets, fields by hand."""
    firm = edit["firm"]
    live = portal.state(firm)
    wanted = {path: value for path, value in edit["set"].items() if value is not None}
    writes = tuple(Edit.between(path, live.settings, wanted) for path in edit["set"])
    commit = Commit(Origin.PORTAL, edit["actor"], "", {}, writes, ())
    [answer] = portal.commit([Conditional(firm, live.generation, f"edit-{live.generation}", commit)])
    assert isinstance(answer, Committed), answer
