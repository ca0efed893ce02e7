"""What a plan will do and what clients will see of it: what a reviewer agreed to.

Left out is what may move while a reviewed plan waits for its turn without making it another change:
the instant, the commit, generations, the files' digest and lines, sample clients and how many clients
there are. See docs/decisions/0014.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from functools import cache

from portalsync.model.canonical import canonical, digest, short_bytes_digest
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.effect import Effect, Reading
from portalsync.model.json_value import JSONObject
from portalsync.model.page import Place
from portalsync.model.plan import FirmPlan, HeldParts, Parts, Plan
from portalsync.model.remembered import Remembered

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
    texts = _Texts()
    return {
        "substance_version": _VERSION,
        "environment": plan.environment,
        "portal": plan.portal,
        "options": {**plan.options},
        "firms": [
            [firm.id, short_bytes_digest(texts.firm(firm))] for firm in plan.firms if firm.id not in without
        ],
    }


class _Texts:
    """Canonical JSON, put together from that of what many firms share."""

    def __init__(self) -> None:
        self.edit = Remembered(_edit_text)
        self.effect = Remembered(self._effect)
        self._readings = Remembered(_readings_text)

    def firm(self, firm: FirmPlan) -> bytes:
        return b'{"adopts":%b,"changes":[%b],"effects":[%b],"releases":%b}' % (
            canonical([*firm.adopts]),
            b",".join(map(self.edit, sorted(firm.edits, key=lambda edit: edit.path))),
            b",".join(sorted(self.effect(each.effect) for each in firm.effects)),
            canonical([*firm.releases]),
        )

    def _effect(self, effect: Effect) -> bytes:
        """Without when: "from 1 Feb" becomes "now". What it says is the same at many places: one object."""
        return b'{"block":%b,"kind":%b,"labels":%b,"place":%b,"readings":%b}' % (
            canonical(effect.block),
            canonical(effect.kind),
            canonical({**effect.labels}),
            _place_text(effect.place),
            self._readings(effect.readings),
        )


def _edit_text(edit: Edit) -> bytes:
    return canonical(encode(edit))


@cache
def _place_text(place: Place) -> bytes:
    return canonical(encode(place))


def _readings_text(readings: Mapping[str, tuple[Reading, ...]]) -> bytes:
    """Without examples that come from sample clients."""
    return canonical(
        {
            locale: [encode(reading) for reading in some if reading.what != "lines"]
            for locale, some in readings.items()
        }
    )


def beyond(plan: Plan, other: Plan) -> Plan:
    """The part of `plan` that is not in `other`."""
    firms = HeldParts(_parts_beyond(plan.firms, other.firms))
    clients = sum(firm.clients for firm in firms)
    return replace(plan, firms=firms, unchanged=(), unmanaged=(), stopped=(), clients=clients)


def _parts_beyond(firms: Parts, others: Parts) -> Iterator[FirmPlan]:
    """Both are sorted by firm, so that one of each is enough to look at."""
    rest, texts = iter(others), _Texts()
    other = next(rest, None)
    for firm in firms:
        while other is not None and other.id < firm.id:
            other = next(rest, None)
        known = other is not None and other.id == firm.id
        part = _beyond(firm, other, texts) if known and other is not None else firm
        if part is not None:
            yield part


def _beyond(firm: FirmPlan, other: FirmPlan, texts: _Texts) -> FirmPlan | None:
    changes = {*map(texts.edit, other.edits)}
    effects = {texts.effect(each.effect) for each in other.effects}
    part = replace(
        firm,
        changes=tuple(each for each in firm.changes if texts.edit(each.edit) not in changes),
        effects=tuple(each for each in firm.effects if texts.effect(each.effect) not in effects),
        managed=_without(firm.managed, {*firm.adopts} & {*other.adopts}),
        managed_before=_without(firm.managed_before, {*firm.releases} & {*other.releases}),
    )
    return part if part.changes or part.effects or part.adopts or part.releases else None


def _without(claims: tuple[str, ...], left_out: Container[str]) -> tuple[str, ...]:
    return tuple(claim for claim in claims if claim not in left_out)
