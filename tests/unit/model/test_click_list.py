"""Click lists and what became of them, as the files that go from hand to hand."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from portalsync.lexicon import Foreign, lexicon_of, phrase
from portalsync.model.click_list import (
    LONGEST_NAME,
    Action,
    ClickList,
    ListedFirm,
    RunbookResult,
    SettingsPage,
    Step,
    StepOutcome,
    StepResult,
    StepValue,
)
from portalsync.model.codec import decode, encode
from portalsync.model.converters import Misfit
from portalsync.model.edit import Edit
from portalsync.resources import folder

PLAN = f"sha256:{'1' * 64}"
SWITCH = "chat.clients_can_start"
STEP = Step(
    id=f"harlow-pike:{SWITCH}",
    firm="harlow-pike",
    page="chats",
    setting="Let clients create new chat threads",
    is_assumed=False,
    action=Action.SET,
    values=(StepValue("", phrase("values.on"), phrase("values.off")),),
    source="firms/harlow-pike.yaml:9:5",
    check=Foreign("Look again."),
    edits=(Edit(SWITCH, before=True, after=False),),
)
CLICKS = ClickList(
    plan=PLAN,
    environment="production",
    portal="urn:portal:1",
    at="2026-11-26T12:00:00+00:00",
    vendor="TaxDome",
    firms=(ListedFirm("harlow-pike", "Harlow & Pike"),),
    pages=(SettingsPage("chats", ("Firm settings", "Chats"), is_assumed=False),),
    steps=(STEP,),
)
RESULT = RunbookResult(
    plan=PLAN,
    steps=(
        StepResult(STEP.id, StepOutcome.DONE, "R. Pike", "2026-11-26T14:00:00+01:00"),
        StepResult("harlow-pike:profile.name", StepOutcome.COULD_NOT, "R. Pike", "2026-11-26T13:02:00Z", "?"),
    ),
)


def misfits(name: str, body: object) -> list[str]:
    """What the published format does not accept."""
    schema = json.loads((folder("schemas") / f"{name}.v1.schema.json").read_text(encoding="utf-8"))
    return [error.message for error in Draft202012Validator(schema).iter_errors(body)]


def test_a_click_list_is_as_published_and_worded_in_a_language() -> None:
    body: Any = encode(CLICKS, lexicon_of("de").say)
    assert misfits("click-list", body) == []
    assert body["steps"][0]["values"] == [{"name": "", "before": "ein", "after": "aus"}]
    read = decode(ClickList, body)
    assert read.by_id[STEP.id].edits == STEP.edits
    assert read.pages == CLICKS.pages


def test_a_result_comes_back_as_it_was_saved() -> None:
    body = encode(RESULT)
    assert misfits("runbook", body) == []
    assert decode(RunbookResult, body) == RESULT


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": ""},
        {"outcome": "perhaps"},
        {"by": ""},
        {"by": "R.\nPike"},
        {"by": "x" * (LONGEST_NAME + 1)},
        {"at": "2026-11-26T13:02:00"},
        {"at": "today"},
        {"note": "a\x1b[2J"},
        {"edits": []},
    ],
)
def test_a_result_that_says_something_else_is_refused(wrong: Mapping[str, object]) -> None:
    body: Any = encode(RESULT)
    body["steps"][1].update(wrong)
    with pytest.raises(Misfit, match=r"steps\[1\]"):
        decode(RunbookResult, body)
