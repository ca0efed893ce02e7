"""What the rules of the catalogue object to: the same for a plan and for a portal that judges a commit."""

from collections.abc import Iterator

from portalsync.catalog import SECTIONS
from portalsync.catalog.option import Rule, Violation
from portalsync.model.page import Situation


def broken_rules(case: Situation) -> Iterator[tuple[Rule, Violation]]:
    """Every rule that is broken, and where. What was broken before is known by `Rule.code` and
    `Violation.path`.
    """
    for option in SECTIONS:
        for rule in option.rules:
            for violation in rule.check(case):
                yield rule, violation
