"""What a plan will do and what clients will see of it: what a reviewer agreed to.

Left out is what may move while a reviewed plan waits for its turn without making it another change:
the instant, the commit, generations, the files' digest and lines, sample clients and how many clients
there are. See docs/decisions/0014.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from typing import TypeAlias

from portalsync.model.canonical import canonical, digest, short_bytes_digest
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.effect import Effect
from portalsync.model.json_value import JSONObject
from portalsync.model.plan import FirmPlan, HeldParts, Parts, Plan
from portalsync.model.remembered import Remembered

_EditTexts: TypeAlias = Callable[[Edit], bytes]
_EffectTexts: TypeAlias = Callable[[Effect], bytes]

PREFIX = "review:"
NOTHING_REVIEWED = "none"
_VERSION = 2


def review_digest(plan: Plan) -> str:
    """Equal for two plans exactly if they are the same change to the same portal."""
    return PREFIX + digest(substance(plan)).partition(":")[2]


def plan_name(plan: Plan, review: str = "") -> str:
    """What commits call the plan, and a portal's history tells of them: its digest and that of the review; of
    its own, where nobody agreed to another one that it is a part of.
    """
    return f"{plan.digest} {review or review_digest(plan)}"


def is_rest(plan: Plan, reviewed: Plan) -> bool:
    """Whether a plan is what was reviewed, but for firms that are stopped by now: nothing happens to them."""
    options = {key: digest for key, digest in reviewed.options.items() if key in plan.options}
    rest = substance(replace(reviewed, options=options), frozenset(plan.stopped_firms))
    return substance(plan) == rest


def substance(plan: Plan, without: Container[str] = ()) -> JSONObject:
    edits, effects = Remembered(_edit_text), Remembered(_effect_text)
    return {
        "substance_version": _VERSION,
        "environment": plan.environment,
        "portal": plan.portal,
        "options": {**plan.options},
        "firms": [
            [firm.id, short_bytes_digest(_firm(firm, edits, effects))]
            for firm in plan.firms
            if firm.id not in without
        ],
    }


def _firm(firm: FirmPlan, edits: _EditTexts, effects: _EffectTexts) -> bytes:
    """Canonical JSON, put together from that of what many firms share."""
    return b'{"adopts":%b,"changes":[%b],"effects":[%b],"releases":%b}' % (
        canonical([*firm.adopts]),
        b",".join(map(edits, sorted(firm.edits, key=lambda edit: edit.path))),
        b",".join(sorted(effects(each.effect) for each in firm.effects)),
        canonical([*firm.releases]),
    )


def _edit_text(edit: Edit) -> bytes:
    return canonical(encode(edit))


def _effect_text(effect: Effect) -> bytes:
    return canonical(_effect(effect))


def _effect(effect: Effect) -> JSONObject:
    """Without examples that come from sample clients, and without when: "from 1 Feb" becomes "now"."""
    data = encode(effect)
    readings: JSONObject = {
        locale: [encode(reading) for reading in readings if reading.what != "lines"]
        for locale, readings in effect.readings.items()
    }
    return {
        **{key: data[key] for key in ("kind", "block", "place", "labels")},
        "readings": readings,
    }


def beyond(plan: Plan, other: Plan) -> Plan:
    """The part of `plan` that is not in `other`."""
    firms = HeldParts(_parts_beyond(plan.firms, other.firms))
    clients = sum(firm.clients for firm in firms)
    return replace(plan, firms=firms, unchanged=(), unmanaged=(), stopped=(), clients=clients)


def _parts_beyond(firms: Parts, others: Parts) -> Iterator[FirmPlan]:
    """Both are sorted by firm, so that one of each is enough to look at."""
    rest = iter(others)
    other = next(rest, None)
    for firm in firms:
        while other is not None and other.id < firm.id:
            other = next(rest, None)
        known = other is not None and other.id == firm.id
        part = _beyond(firm, other) if known and other is not None else firm
        if part is not None:
            yield part


def _beyond(firm: FirmPlan, other: FirmPlan) -> FirmPlan | None:
    changes = {canonical(encode(edit)) for edit in other.edits}
    effects = {canonical(_effect(each.effect)) for each in other.effects}
    part = replace(
        firm,
        changes=tuple(each for each in firm.changes if canonical(encode(each.edit)) not in changes),
        effects=tuple(each for each in firm.effects if canonical(_effect(each.effect)) not in effects),
        managed=_without(firm.managed, {*firm.adopts} & {*other.adopts}),
        managed_before=_without(firm.managed_before, {*firm.releases} & {*other.releases}),
    )
    return part if part.changes or part.effects or part.adopts or part.releases else None


def _without(claims: tuple[str, ...], left_out: Container[str]) -> tuple[str, ...]:
    return tuple(claim for claim in claims if claim not in left_out)
