"""The versions of the format, and the way from each to the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from portalsync.catalog.files.document import API_VERSION
from portalsync.config.migrations.change import Alteration
from portalsync.config.yaml import Parsed
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import phrase
from portalsync.model.json_value import JSON, JSONObject

Changes: TypeAlias = Callable[[str, JSONObject], Iterator[Alteration]]
"""(kind of the file, its data) -> what has to change in it besides its `apiVersion`, one after the other."""


@dataclass(frozen=True, slots=True)
class Step:
    before: str
    after: str
    changes: Changes


STEPS: tuple[Step, ...] = ()
"""In the order of the versions, the last one leading to the current one. There has been only one so far."""


def next_step(data: JSON, steps: Sequence[Step]) -> Step | None:
    """The step that a file needs first; None if it has the current version, or none that is known."""
    version = data.get("apiVersion") if isinstance(data, dict) else None
    return next((step for step in steps if step.before == version), None)


def outdated(parsed: Parsed) -> Diagnostic | None:
    """The one thing to say about a file of an older version; what its schema says would mislead."""
    step = next_step(parsed.data, STEPS)
    if step is None:
        return None
    return Diagnostic(
        "api-version-old",
        phrase("yaml.migrate.old.message", version=step.before),
        parsed.value_position(("apiVersion",)),
        expected=API_VERSION,
        hint=phrase("yaml.migrate.old.hint"),
        path="apiVersion",
    )
