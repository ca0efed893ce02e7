"""What resolving costs grows with what the layers say, and not faster: counted in steps, not timed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.steps import steps

from portalsync.config.document import Document
from portalsync.config.resolve import resolve
from portalsync.config.rules import check_rules
from portalsync.config.validate import ValidConfig
from portalsync.config.yaml import parse
from portalsync.model.facts import facts_from_json

SIZE = 50
"""Twice as many is as many as a list may have."""
TWICE_AS_MUCH = 2.2
"""What is twice as large costs at most this much more; what grows with the square, nearly four times."""


def config(stages: int, firm: Callable[[int], str]) -> ValidConfig:
    """Defaults that set many values, and a firm's own layer."""
    network, defaults, own = (
        document("network", "name: n"),
        document("defaults", pipelines(stages, lambda stage: f"{{id: s{stage}, show: hidden}}")),
        document("firm", firm(stages)),
    )
    return ValidConfig(network, defaults, {}, {"oak": own}, {}, {}, {}, {})


def document(kind: str, text: str) -> Document:
    parsed = parse(text.encode(), f"{kind}.yaml")
    assert isinstance(parsed.data, dict)
    return Document(kind, "oak", f"{kind}.yaml", parsed, parsed.data)


def pipelines(stages: int, stage: Callable[[int], str]) -> str:
    entries = "\n".join(f"          - {stage(number)}" for number in range(stages))
    return f"options:\n  work_in_progress:\n    pipelines:\n      - id: returns\n        stages:\n{entries}\n"


def silent(_: int) -> str:
    return "id: oak\n"


def everything_anew(stages: int) -> str:
    return pipelines(stages, lambda stage: f"{{id: s{stage}, show: done}}")


def nulls(stages: int) -> str:
    return pipelines(stages, lambda stage: f"{{id: s{stage}, show: null}}")


def removals(stages: int) -> str:
    return pipelines(stages, lambda stage: f"{{id: s{stage}, remove: true}}")


LAYERS = pytest.mark.parametrize("firm", [silent, everything_anew, nulls, removals])


@LAYERS
def test_resolving_is_linear(firm: Callable[[int], str]) -> None:
    """Seen to fail when each value was looked up in a list of claims: 265 kB took seconds."""
    small, large = (_read(config(size, firm)) for size in (SIZE, 2 * SIZE))
    assert steps(lambda: resolve(large, "oak")) < TWICE_AS_MUCH * steps(lambda: resolve(small, "oak"))


def test_what_is_in_force_is_linear() -> None:
    small, large = (resolve(config(size, everything_anew), "oak")[0] for size in (SIZE, 2 * SIZE))
    live = dict.fromkeys(large.values, "other")
    assert steps(lambda: large.in_force(live)) < TWICE_AS_MUCH * steps(
        lambda: small.in_force(dict.fromkeys(small.values, "other"))
    )


def test_checking_the_rules_is_linear() -> None:
    """Each stage shows a status that is not there: as many violations as values."""
    facts = facts_from_json({"currency": "EUR"})
    at = datetime(2026, 6, 1, tzinfo=UTC)

    def checked(stages: int) -> int:
        desired, _ = resolve(config(stages, everything_anew), "oak")
        assert len([*check_rules(desired, {}, facts, at)]) >= stages
        return steps(lambda: [*check_rules(desired, {}, facts, at)])

    assert checked(2 * SIZE) < TWICE_AS_MUCH * checked(SIZE)


def _read(read: ValidConfig) -> ValidConfig:
    """With the positions of its files known: reading them is another matter."""
    resolve(read, "oak")
    return read
