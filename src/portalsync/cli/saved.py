"""Plans that were saved."""

from pathlib import Path

from portalsync.errors import PlanRefused
from portalsync.files import read_file
from portalsync.lexicon import phrase
from portalsync.model.plan import Plan
from portalsync.planning.planfile import LARGEST, read_plan


def read_saved_plan(file: Path, environment: str | None) -> Plan:
    """A saved plan; if an environment is named, it must be the plan's."""
    plan = read_plan(read_file(file, LARGEST), str(file))
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
