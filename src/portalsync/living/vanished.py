"""What portals had when settings were applied that need it, and have no more, such as a template."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from portalsync.backend.protocol import Reader
from portalsync.catalog import SECTIONS
from portalsync.catalog.option import Violation
from portalsync.errors import AccessDenied, BackendError, BackendUnreachable
from portalsync.model.claims import Claims
from portalsync.model.edit import ABSENT
from portalsync.model.facts import Facts
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.page import situation_of
from portalsync.model.plan import Parts
from portalsync.model.vanished import Vanished
from portalsync.wire import MOST_TOGETHER, FirmState

_ANY_TIME = datetime.min.replace(tzinfo=UTC)
"""Rules about what is missing look at no clock."""


def find_vanished(portal: Reader, firms: Sequence[str], *, each: bool) -> tuple[Vanished, ...]:
    """By kind and id. A portal takes no settings that need what it lacks: what is managed and lacks something
    now had it when it was applied. It only reads, many firms in one question; `each` firm that the portal
    does not tell together with others by itself, or none of them.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for start in range(0, len(firms), MOST_TOGETHER):
        for state, facts in _read(portal, firms[start : start + MOST_TOGETHER], each=each):
            for lacking in _missing(state, facts):
                found.setdefault(lacking.missing, []).append((state.id, lacking.path))
    return tuple(_vanished(kind, id_, found[kind, id_]) for kind, id_ in sorted(found))


def still_needed(vanished: Sequence[Vanished], parts: Parts) -> tuple[Vanished, ...]:
    """Without the firms in which a plan takes away, or lets go of, what needs it."""
    if not vanished:
        return ()
    given_up = {(part.id, path) for part in parts.without_effects() for path in _given_up(part)}
    left = (
        replace(each, firms=tuple(firm for firm in each.firms if (firm, each.setting) not in given_up))
        for each in vanished
    )
    return tuple(each for each in left if each.firms)


def _given_up(part: FirmPlan) -> Iterator[str]:
    yield from part.releases
    yield from (edit.path for edit in part.edits if edit.after is ABSENT or edit.after is False)


def _vanished(kind: str, id_: str, needed: Sequence[tuple[str, str]]) -> Vanished:
    return Vanished(kind, id_, min(path for _, path in needed), tuple(sorted({firm for firm, _ in needed})))


def _missing(state: FirmState, facts: Facts) -> Iterator[Violation]:
    """Of what is managed. Each thing once, where several settings need it."""
    claims = Claims.of(state.managed)
    case = situation_of(state.id, claims.part_of(state.settings), facts, _ANY_TIME)
    rules = (rule for option in SECTIONS for rule in option.rules if rule.finds_missing)
    return (each for rule in rules for each in rule.check(case) if each.missing[0] and each.path in claims)


def _read(portal: Reader, firms: Sequence[str], *, each: bool) -> Sequence[tuple[FirmState, Facts]]:
    """As many as can be read. What is wrong with an answer is told where it is needed for more."""
    try:
        together = portal.states(firms)
    except (BackendUnreachable, AccessDenied):
        raise
    except BackendError:
        together = ()
    known = {state.id for state, _ in together}
    alone = [firm for firm in firms if firm not in known] if each else []
    return [*together, *_one_by_one(portal, alone)]


def _one_by_one(portal: Reader, firms: Sequence[str]) -> Iterator[tuple[FirmState, Facts]]:
    for firm in firms:
        try:
            yield portal.state(firm), portal.facts(firm)
        except (BackendUnreachable, AccessDenied):
            raise
        except BackendError:
            continue
