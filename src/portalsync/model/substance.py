"""What a plan will do and what clients will see of it: what a reviewer agreed to.

Left out is what may move while a reviewed plan waits for its turn without making it another change:
the instant, the commit, generations, the files' digest and lines, sample clients and how many clients
there are. See docs/decisions/0014.
"""

from collections.abc import Container, Iterator
from dataclasses import replace
from operator import itemgetter
from typing import Any

from portalsync.model.apart import BodyOf, Naming
from portalsync.model.canonical import canonical, digest, short_bytes_digest
from portalsync.model.codec import encode
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSONObject
from portalsync.model.plan import HeldParts, Parts, Plan
from portalsync.model.remembered import Named

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
            [naming["id"], short_bytes_digest(texts.firm(naming, body))]
            for naming, body in plan.firms.apart()
            if naming["id"] not in without
        ],
    }


class _Texts:
    """Canonical JSON, put together from that of bodies: it is made once of each, as long as it is kept, for a
    name stands for nothing else.
    """

    def __init__(self) -> None:
        self._changes = Named(lambda body: _edit_text(body["edit"]))
        self._edits = Named(_edit_text)
        self._happenings = Named(_happening_text)
        self._sayings = Named(_saying_text)
        self._claims = Named(frozenset[str])

    def firm(self, naming: Naming, body: BodyOf) -> bytes:
        edits = sorted((self._edit(each, body) for each in naming["changes"]), key=itemgetter(0))
        effects = (
            _effect_text(self._happenings(happens, body), self._sayings(says, body))
            for _, happens, says, *_ in naming["effects"]
        )
        before, after = (self._claims(naming[key], body) for key in ("managed_before", "managed"))
        return b'{"adopts":%b,"changes":[%b],"effects":[%b],"releases":%b}' % (
            canonical([*sorted(after - before)]),
            b",".join(text for _, text in edits),
            b",".join(sorted(effects)),
            canonical([*sorted(before - after)]),
        )

    def _edit(self, named: Any, body: BodyOf) -> tuple[str, bytes]:
        return self._edits(named[0], body) if isinstance(named, list) else self._changes(named, body)


def _edit_text(edit: JSONObject) -> tuple[str, bytes]:
    """Its path, and all of it."""
    return str(edit["path"]), canonical(edit)


def _happening_text(happens: JSONObject) -> tuple[bytes, bytes]:
    """What there is of it before and after the labels. Without when: "from 1 Feb" becomes "now"."""
    what, where = (canonical({key: happens[key] for key in keys}) for keys in (("block", "kind"), ("place",)))
    return what[:-1], where[1:-1]


def _saying_text(says: JSONObject) -> tuple[bytes, bytes]:
    """Labels and readings. Without examples that come from sample clients."""
    readings: Any = says["readings"]
    kept: JSONObject = {
        locale: [each for each in some if each["what"] != "lines"] for locale, some in readings.items()
    }
    return canonical({"labels": says["labels"]})[1:-1], canonical({"readings": kept})[1:]


def _effect_text(happens: tuple[bytes, bytes], says: tuple[bytes, bytes]) -> bytes:
    """One object, its keys sorted."""
    (what, where), (labels, readings) = happens, says
    return b"%b,%b,%b,%b" % (what, labels, where, readings)


def _texts_of(firm: FirmPlan) -> tuple[list[bytes], list[bytes]]:
    """Of each edit and each effect of a part."""
    effects = (encode(each.effect) for each in firm.effects)
    return (
        [_edit_text(encode(edit))[1] for edit in firm.edits],
        [_effect_text(_happening_text(each), _saying_text(each)) for each in effects],
    )


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
    edits, effects = _texts_of(firm)
    other_edits, other_effects = map(frozenset, _texts_of(other))
    part = replace(
        firm,
        changes=tuple(
            each for each, text in zip(firm.changes, edits, strict=True) if text not in other_edits
        ),
        effects=tuple(
            each for each, text in zip(firm.effects, effects, strict=True) if text not in other_effects
        ),
        managed=_without(firm.managed, {*firm.adopts} & {*other.adopts}),
        managed_before=_without(firm.managed_before, {*firm.releases} & {*other.releases}),
    )
    return part if part.changes or part.effects or part.adopts or part.releases else None


def _without(claims: tuple[str, ...], left_out: Container[str]) -> tuple[str, ...]:
    return tuple(claim for claim in claims if claim not in left_out)
