"""Checking firms: rules, and promises to their clients."""

from collections.abc import Collection, Iterator
from datetime import datetime

from portalsync.catalog.files.facts import FACTS
from portalsync.catalog.files.layers import FIRM
from portalsync.config.expectations import check_expectations
from portalsync.config.rules import check_rules
from portalsync.config.shared import in_firm
from portalsync.config.tags import unknown_tags
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic, folded
from portalsync.model.desired import Desired
from portalsync.model.facts import Facts
from portalsync.model.page import situation_of
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.load import Loaded


def check_offline(
    loaded: Loaded, at: datetime, chosen: Collection[str] | None = None, watch: Watch = unwatched
) -> list[Diagnostic]:
    """Firms, all or only the chosen ones, against the facts that the repository holds; all findings of theirs
    and of what they share.
    """
    firms = loaded.desired.keys() if chosen is None else chosen
    unasked = [loaded.config.written_as(firm) for firm in loaded.desired.keys() - firms]
    others = {kind.file_of(firm) for kind in (FIRM, FACTS) for firm in unasked}
    findings = [
        each
        for each in loaded.warnings
        if each.position.file not in others and (not each.firms or {*each.firms} & {*firms})
    ]
    for firm in watch(sorted(firms)):
        desired, facts = loaded.desired[firm], loaded.config.facts.get(firm)
        if facts is not None:
            findings.extend(in_firm(firm, _check_firm(loaded.config, desired, facts, at)))
    return folded(findings)


def _check_firm(config: ValidConfig, desired: Desired, facts: Facts, at: datetime) -> Iterator[Diagnostic]:
    situation = situation_of(desired.firm, desired.in_force({}), facts, at)
    yield from check_rules(desired, {}, facts, at)
    yield from unknown_tags(config, desired, {}, facts)
    yield from check_expectations(config, situation)
