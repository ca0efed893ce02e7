"""Applying to a portal without an API: step by step with whoever sits at the terminal, or as a runbook that
somebody has ticked says.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from portalsync.apply.send import BrokenOff
from portalsync.backend.protocol import Backend
from portalsync.catalog.vendor import Vendor
from portalsync.cli.agreement import Agreed
from portalsync.cli.ask import choose
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import tell, tell_lines
from portalsync.cli.usage import WrongUse
from portalsync.files import read_file
from portalsync.lexicon import Foreign, Text, phrase
from portalsync.model.click_list import ClickList, Step, StepOutcome, StepResult
from portalsync.model.receipt import Receipt
from portalsync.model.settings import Settings
from portalsync.planning.guardrails import check_guardrails
from portalsync.record.by_hand import ByHand
from portalsync.record.firm_record import Sighting
from portalsync.record.runbook import LARGEST_RUNBOOK, runbook_of
from portalsync.record.sitting import Sitting, sit_down
from portalsync.views.click_list.listing import click_list
from portalsync.views.click_list.report import step_item, way_there

_STOP = "stop"
_ANSWERS = {name: f"sitting.answers.{name}" for name in (*StepOutcome, _STOP)}


def apply_by_hand(
    agreed: Agreed, vendor: Vendor | None, portal: Backend, actor: str, runbook: Path | None
) -> Receipt:
    """What is ticked now, or was in the runbook, is recorded; the rest stays planned. BrokenOff for whatever
    ends it before: what was ticked by then is recorded.
    """
    assert isinstance(portal, ByHand)  # noqa: S101 - the environment's backend says so
    check_guardrails(agreed.plan)
    clicks, results = click_list(agreed.plan, vendor, spoken_lexicon(), _recorded(portal)), None
    if runbook is not None:
        results = runbook_of(read_file(runbook, LARGEST_RUNBOOK), str(runbook), clicks).steps
    sitting = sit_down(
        agreed.plan, clicks, portal, agreed.chosen, lambda: Sighting(actor, _now()), agreed.review
    )
    if results is None and sitting.left and not sys.stdin.isatty():
        raise WrongUse(phrase("sitting.nobody.message"), phrase("sitting.nobody.hint"))
    try:
        sitting.begin()
        if results is not None:
            sitting.note(*results)
        else:
            for result in _walk(sitting, actor):
                sitting.note(result)
    except BaseException as error:
        raise BrokenOff(sitting.receipt()) from error
    finally:
        _tell_what_next(sitting)
    return sitting.receipt()


def _recorded(portal: ByHand) -> Callable[[str], Settings]:
    return lambda firm: portal.record(firm).values


def _tell_what_next(sitting: Sitting) -> None:
    if sitting.has_recorded:
        tell_recorded(sitting.portal)
    if sitting.left:
        tell(phrase("sitting.goes-on"))


def tell_recorded(portal: ByHand) -> None:
    """Where, as somebody types it who commits it here."""
    tell(phrase("sitting.recorded", folder=Path(os.path.relpath(portal.folder)).as_posix()))


def _walk(sitting: Sitting, actor: str) -> Iterator[StepResult]:
    """One step after the other, until none is left or somebody has had enough."""
    steps, place = sitting.left, ("", "")
    for number, step in enumerate(steps, 1):
        if place != (step.firm, step.page):
            place = (step.firm, step.page)
            tell_lines(_heading(sitting.clicks, step))
        for line in _lines(step, number, len(steps)):
            tell_lines(line)
        answer = choose(phrase("sitting.ask"), _ANSWERS, phrase("sitting.again"))
        if answer == _STOP:
            return
        yield StepResult(step.id, StepOutcome(answer), actor, _now())


def _heading(clicks: ClickList, step: Step) -> Text:
    firm = next(each for each in clicks.firms if each.id == step.firm)
    page = next(each for each in clicks.pages if each.id == step.page)
    return ("\n", Foreign(firm.name), ": ", way_there(page))


def _lines(step: Step, number: int, of: int) -> Iterator[Text]:
    """As in the click list, with each text whole that is to be copied."""
    item = step_item(step)
    yield ("  ", phrase("sitting.step", number=str(number), of=str(of), what=item.text))
    yield from (("     ", note) for note in item.notes)
    if item.source:
        yield ("     ", phrase("sitting.why", line=Foreign(item.source)))
    for value in step.values:
        if value.copied:
            yield (
                "     ",
                phrase("sitting.copy", name=value.name or step.setting),
                "\n",
                Foreign(value.copied),
            )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
