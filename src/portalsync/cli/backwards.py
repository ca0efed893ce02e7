"""Which firms go back, and where to: `rollback oak --to 4`, `--group payroll --to 2026-11-12`, `--plan`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from portalsync.cli.plans import read_saved_plan
from portalsync.cli.selection import firm_completion, group_option
from portalsync.cli.usage import BadValue, WrongUse
from portalsync.cli.values import PATH, Instant
from portalsync.config.selection import Selection
from portalsync.lexicon import phrase
from portalsync.living.back import Aim, before_plan, to_generation, to_instant
from portalsync.model.substance import review_digest

_DIGEST = re.compile("((?:sha256|review):)?([0-9a-f]{8,64})")
_PLAN = "sha256:"


class Then(click.ParamType[int | datetime]):
    """A generation, or an instant."""

    name = "then"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | datetime:
        if isinstance(value, int | datetime):
            return value
        if re.fullmatch("[1-9][0-9]{0,9}", str(value)):
            return int(value)
        try:
            return Instant().convert(value, param, ctx)
        except BadValue:
            raise BadValue(
                phrase("help.value.then.message", value=str(value)), phrase("help.value.time.hint")
            ) from None


class Applied(click.ParamType[str | Path]):
    """A plan that was applied: its digest, or the beginning of it, or its file."""

    name = "plan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        if isinstance(value, Path):
            return value
        digest = _DIGEST.fullmatch(str(value))
        return f"{digest[1] or _PLAN}{digest[2]}" if digest else PATH.convert(value, param, ctx)


@dataclass(frozen=True)
class Goal:
    """Firms, and where each of them goes. `among` are those of a saved plan; `typed` is how it was said."""

    firms: tuple[str, ...]
    groups: tuple[str, ...]
    aim: Aim
    typed: tuple[str, ...]
    among: frozenset[str] = frozenset()

    @property
    def selection(self) -> Selection:
        return Selection(self.firms, self.groups)


def goal_options(command: Callable[..., int]) -> Callable[..., int]:
    """The command gets what they say as one `goal`."""

    @wraps(command)
    def going(
        *,
        firms: tuple[str, ...],
        groups: tuple[str, ...],
        then: int | datetime | None,
        applied: str | Path | None,
        **others: Any,
    ) -> int:
        return command(goal=goal_of(firms, groups, then, applied), **others)

    return _firms(group_option(_to(_plan(going))))


def goal_of(
    firms: tuple[str, ...], groups: tuple[str, ...], then: int | datetime | None, applied: str | Path | None
) -> Goal:
    """WrongUse for what says no one place to go back to."""
    named = (*firms, *(word for group in groups for word in ("--group", group)))
    if (then is None) == (applied is None):
        raise WrongUse(phrase("help.usage.back-where.message"), phrase("help.usage.back-where.hint"))
    if applied is not None:
        return _undoing(firms, groups, applied, (*named, "--plan", str(applied)))
    if not named:
        raise WrongUse(phrase("help.usage.back-who.message"), phrase("help.usage.back-who.hint"))
    if isinstance(then, datetime):
        return Goal(firms, groups, to_instant(then), (*named, "--to", then.isoformat()))
    assert then is not None  # noqa: S101 - one of the two was given
    if groups or len(firms) > 1:
        raise WrongUse(phrase("help.usage.back-one.message"), phrase("help.usage.back-one.hint"))
    return Goal(firms, groups, to_generation(then), (*named, "--to", str(then)))


def _undoing(
    firms: tuple[str, ...], groups: tuple[str, ...], applied: str | Path, typed: tuple[str, ...]
) -> Goal:
    if isinstance(applied, str):
        return Goal(firms, groups, before_plan((applied,)), typed)
    plan = read_saved_plan(applied)
    among = frozenset(each.id for each in plan.firms.digests)
    return Goal(firms, groups, before_plan((plan.digest, review_digest(plan))), typed, among)


_firms = click.argument("firms", nargs=-1, metavar="firms", shell_complete=firm_completion)
_to = click.option(
    "--to",
    "then",
    type=Then(),
    envvar="PORTALSYNC_ROLLBACK_TO",
)
_plan = click.option(
    "--plan",
    "applied",
    type=Applied(),
    envvar="PORTALSYNC_ROLLBACK_PLAN",
)
