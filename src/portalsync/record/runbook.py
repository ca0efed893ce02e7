"""`runbook.json`: what became of steps, as a runbook saved it. It holds no values: these are the plan's."""

from collections import Counter

from portalsync.errors import PlanRefused
from portalsync.json_bodies import WireError, parsed, received
from portalsync.lexicon import Foreign, Text, first_of, phrase
from portalsync.model.click_list import ClickList, RunbookResult

LARGEST_RUNBOOK = 4 * 1024 * 1024
"""Bytes."""
_MOST_NAMED = 5


def runbook_of(content: bytes, file: str, clicks: ClickList) -> RunbookResult:
    """What a runbook of this very click list says. PlanRefused for any other file: of another plan, with
    steps that are not in the list, with a step twice.
    """
    try:
        result = received(RunbookResult, parsed(content))
    except WireError as error:
        place = Foreign(error.where or "$")
        raise _refused("unreadable", file, place=place, expected=error.expected) from error
    if result.plan != clicks.plan:
        raise _refused("other-plan", file, plan=clicks.plan)
    named = Counter(each.step for each in result.steps)
    if strangers := [step for step in named if step not in clicks.by_id]:
        raise _refused("other-steps", file, steps=_some(strangers))
    if twice := [step for step, times in named.items() if times > 1]:
        raise _refused("steps-twice", file, steps=_some(twice))
    return result


def _some(steps: list[str]) -> Text:
    return first_of([Foreign(step) for step in steps], _MOST_NAMED)


def _refused(what: str, file: str, **values: Text) -> PlanRefused:
    return PlanRefused(
        phrase(f"errors.runbook.{what}.message", file=Foreign(file), **values),
        phrase(f"errors.runbook.{what}.hint"),
    )
