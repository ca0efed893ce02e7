"""Plans: read where they were saved, shown in any format."""

from collections.abc import Container, Sequence
from datetime import datetime
from pathlib import Path

from portalsync.cli.language import spoken_lexicon
from portalsync.cli.output import tell
from portalsync.cli.progress import progress
from portalsync.cli.results import tell_result
from portalsync.errors import PlanRefused
from portalsync.files import Scratch, reading
from portalsync.lexicon import Lexicon, phrase
from portalsync.model.plan import Plan
from portalsync.pipeline.load import is_made_of
from portalsync.planning.passed import Passed, passed
from portalsync.planning.planfile import read_plan
from portalsync.views.format import Result
from portalsync.views.plan_json import plan_json
from portalsync.views.wording.passed import word_passed
from portalsync.views.wording.plan import word_plan


def read_saved_plan(file: Path, environment: str | None = None) -> Plan:
    """A saved plan; if an environment is named, it must be the plan's."""
    with reading(file) as source, progress("told.reading-plan") as watch:
        plan = read_plan(source, str(file), Scratch(), watch)
    if environment is not None and environment != plan.environment:
        raise PlanRefused(
            phrase(
                "errors.plan.other-environment.message",
                file=str(file),
                planned=plan.environment,
                environment=environment,
            ),
            phrase("errors.plan.other-environment.hint"),
        )
    return plan


def tell_other_files(plan: Plan, root: Path) -> None:
    """What was reviewed is applied, whatever the files have become; but somebody may think otherwise."""
    if not is_made_of(plan, root):
        known = "commit" if plan.commit else "plain"
        tell(phrase(f"told.other-files.{known}", folder=str(root), commit=plan.commit))


def tell_passed(plan: Plan, chosen: Container[str], now: datetime) -> Sequence[Passed]:
    """Moments that the plan promises to the chosen firms, and that have passed since it was made: what was to
    come then comes at once, or never.
    """
    found = passed(plan, chosen, now) if now > datetime.fromisoformat(plan.at) else []
    if found:
        tell_result(Result(lambda: word_passed(plan.at, found, spoken_lexicon()), lambda: ()))
    return found


def plan_result(plan: Plan, lexicon: Lexicon, *, summary: bool = False) -> Result:
    """What people, all or only its summary, and programs read of a plan."""
    return Result(lambda: word_plan(plan, lexicon, summary=summary), lambda: plan_json(plan))
