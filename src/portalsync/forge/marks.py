"""What a comment or an issue carries unseen: its first line, which portalsync reads again."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar, Self

from portalsync.model.canonical import canonical
from portalsync.model.plan import Plan
from portalsync.model.substance import review_digest

_PLAN = "plan"
_LINE = re.compile(r"<!-- portalsync-([a-z]+) (\{.{0,40000}\}) -->")


@dataclass(frozen=True, slots=True)
class Made:
    """Where a comment comes from: the pull request's commit, the attempt of a run that has the plan, and
    when (`2026-12-01T08:00:00Z`).
    """

    head: str = ""
    run: str = ""
    attempt: str = ""
    since: str = ""


NOWHERE = Made()
"""Of what is only printed."""


@dataclass(frozen=True, slots=True)
class PlanMark:
    """Of a comment: the change that it shows, what of it was accepted though a guardrail objected, and where
    it comes from. Without a digest it says that the commit has no plan. `since` is when it came to say so:
    what was approved before was something else.
    """

    environment: str
    digest: str = ""
    plan: str = ""
    commit: str = ""
    acknowledged: str = ""
    head: str = ""
    run: str = ""
    attempt: str = ""
    since: str = ""

    @classmethod
    def of(cls, plan: Plan, made: Made) -> "PlanMark":
        accepted = " ".join(sorted({each.acknowledged for each in plan.guardrails if each.acknowledged}))
        return cls(plan.environment, review_digest(plan), plan.digest, plan.commit, accepted, **asdict(made))

    @classmethod
    def without_plan(cls, environment: str, made: Made) -> "PlanMark":
        return cls(environment, **asdict(made))

    def is_of_the_same(self, other: "PlanMark") -> bool:
        """The same change of the same commit, with the same accepted."""
        return (self.head, self.digest, self.acknowledged) == (other.head, other.digest, other.acknowledged)

    def line(self) -> str:
        return hidden_mark(_PLAN, asdict(self))

    @classmethod
    def read(cls, body: str) -> "PlanMark | None":
        data = read_mark(_PLAN, body)
        if data is None or {*data} != {each.name for each in fields(cls)}:
            return None
        return cls(**data)


@dataclass(frozen=True, slots=True)
class _OfEnvironment:
    """Of an issue: the environment whose portal it is about."""

    environment: str
    kind: ClassVar[str]

    def line(self) -> str:
        return hidden_mark(self.kind, {"environment": self.environment})

    @classmethod
    def read(cls, body: str) -> "Self | None":
        data = read_mark(cls.kind, body)
        return cls(**data) if data is not None and [*data] == ["environment"] else None


class DriftMark(_OfEnvironment):
    """Of an issue that tells of drift."""

    __slots__ = ()
    kind = "drift"


class ClicksMark(_OfEnvironment):
    """Of an issue that says what is to be clicked."""

    __slots__ = ()
    kind = "clicks"


def carried_on(body: str, before: str) -> str:
    """The body of a plan's comment that said `before`: if that was of the same, it says so since then."""
    line, end, rest = body.partition("\n")
    mark, known = PlanMark.read(line), PlanMark.read(before)
    if mark is None or known is None or not mark.is_of_the_same(known):
        return body
    return f"{replace(mark, since=known.since).line()}{end}{rest}"


def hidden_mark(kind: str, data: Mapping[str, str]) -> str:
    """The line. No value in it can end the HTML comment: `<`, `>` and `--` are written as escapes."""
    text = canonical(dict(data)).decode()
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("--", "-\\u002d")):
        text = text.replace(sign, escaped)
    return f"<!-- portalsync-{kind} {text} -->"


def read_mark(kind: str, body: str) -> dict[str, str] | None:
    """What the first line of `body` says; None if it is no mark of this kind."""
    match = _LINE.fullmatch(body.partition("\n")[0].strip())
    if match is None or match[1] != kind:
        return None
    try:
        data = json.loads(match[2])
    except ValueError:
        return None
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        return None
    return data
