"""What a comment or an issue carries unseen: its first line, which portalsync reads again."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from portalsync.model.canonical import canonical
from portalsync.model.plan import Plan
from portalsync.model.substance import review_digest

_PLAN = "plan"
_DRIFT = "drift"
_LINE = re.compile(r"<!-- portalsync-([a-z]+) (\{.{0,4000}\}) -->")


@dataclass(frozen=True, slots=True)
class PlanMark:
    """Of a comment: the change that it shows, and the run that keeps the plan file."""

    environment: str
    digest: str
    plan: str
    commit: str
    run: str = ""

    @classmethod
    def of(cls, plan: Plan, run: str = "") -> "PlanMark":
        return cls(plan.environment, review_digest(plan), plan.digest, plan.commit, run)

    def line(self) -> str:
        data = {
            "environment": self.environment,
            "digest": self.digest,
            "plan": self.plan,
            "commit": self.commit,
            "run": self.run,
        }
        return hidden_mark(_PLAN, data)

    @classmethod
    def read(cls, body: str) -> "PlanMark | None":
        data = read_mark(_PLAN, body)
        if data is None or sorted(data) != ["commit", "digest", "environment", "plan", "run"]:
            return None
        return cls(**data)


@dataclass(frozen=True, slots=True)
class DriftMark:
    """Of an issue: the environment whose portal it is about."""

    environment: str

    def line(self) -> str:
        return hidden_mark(_DRIFT, {"environment": self.environment})

    @classmethod
    def read(cls, body: str) -> "DriftMark | None":
        data = read_mark(_DRIFT, body)
        return cls(**data) if data is not None and [*data] == ["environment"] else None


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
