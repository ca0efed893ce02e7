"""What a step of a workflow hands to the next ones: `name=value`, line by line."""

from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.effect import EffectKind
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import Plan
from portalsync.model.substance import review_digest


def plan_outputs(plan: Plan, path: str) -> str:
    """`changes` are settings that are written, taken over or let go; `removals` blocks that clients lose;
    `blocked` is how many objections of guardrails nobody accepted, `stopped` how many firms have something
    wrong with them.
    """
    effects = (each.effect for firm in plan.firms for each in firm.effects)
    return step_outputs(
        {
            "changes": str(sum(_changes(firm) for firm in plan.firms)),
            "removals": str(sum(effect.kind is EffectKind.DISAPPEARS for effect in effects)),
            "blocked": str(len(plan.blocking)),
            "stopped": str(len(plan.stopped_firms)),
            "plan-path": path,
            "plan-digest": review_digest(plan),
        }
    )


def step_outputs(values: dict[str, str]) -> str:
    """PortalsyncError for a value that would be read as more than one line."""
    for name, value in values.items():
        if value and not value.isprintable():
            raise PortalsyncError(
                phrase("errors.output.not-one-line.message", name=name),
                phrase("errors.output.not-one-line.hint"),
            )
    return "".join(f"{name}={value}\n" for name, value in values.items())


def _changes(firm: FirmPlan) -> int:
    return len({edit.path for edit in firm.edits} | {*firm.adopts} | {*firm.releases})
