"""A plan as data: what changes, why, and what clients will notice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from portalsync.model.canonical import digest, short_digest
from portalsync.model.codec import decode, encode
from portalsync.model.edit import Edit
from portalsync.model.effect import Reach
from portalsync.model.guardrails import Limits, Verdict
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.watch import Items

FORMAT_VERSION = 2


class Reason(StrEnum):
    SET = "set"
    """A layer sets it, and the portal has another value or none."""
    REMOVED = "removed"
    """The list is the whole truth, and no layer names the entry any more."""
    DRIFT = "drift"
    """It was changed in the portal since the last apply; the plan sets it as the files say."""


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A change that somebody made in the portal itself."""

    at: str
    actor: str

    def to_json(self) -> JSONObject:
        return {"at": self.at, "actor": self.actor}


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that the plan makes: why, which line says so, and what of others it undoes. `source` is
    `file:line:column`, empty if no line says it.
    """

    edit: Edit
    reason: Reason
    source: str
    undoes: HandEdit | None = None

    def to_json(self) -> JSONObject:
        return {
            "edit": encode(self.edit),
            "reason": str(self.reason),
            "source": self.source,
            "undoes": self.undoes.to_json() if self.undoes else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Change":
        undoes = data["undoes"]
        return cls(
            decode(Edit, data["edit"]),
            Reason(data["reason"]),
            data["source"],
            HandEdit(**undoes) if undoes else None,
        )


@dataclass(frozen=True, slots=True)
class FirmPlan:
    """What happens to one firm. It holds only if the portal is still at `generation`.

    `managed` is what portalsync manages afterwards; `adopts` and `releases` are the difference.
    `managed_before` and the inverse of `edits` lead back. `affected`, `new_hosts` and `emptied` are what
    the guardrails judge by.
    """

    id: str
    name: str
    generation: int
    clients: int
    changes: tuple[Change, ...]
    effects: tuple[Reach, ...]
    managed: tuple[str, ...]
    managed_before: tuple[str, ...]
    digest_after: str
    """The digest of what is managed once this is committed: read back and compared."""
    pages: str = ""
    """The digest of the pages that it promises at the plan's instant; empty if none changes."""
    time_zone: str = "UTC"
    """Where its clients live: moments are told in it."""
    affected: int = 0
    """How many clients its effects reach at most, each client once."""
    new_hosts: tuple[str, ...] = ()
    """Hosts that its links lead to afterwards, and none of them before."""
    emptied: int = 0
    """Sample clients for whom nothing of the firm's own is left on a home page."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(change.edit for change in self.changes)

    @property
    def adopts(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.managed) - set(self.managed_before)))

    @property
    def releases(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.managed_before) - set(self.managed)))

    def to_json(self) -> JSONObject:
        return {
            "id": self.id,
            "name": self.name,
            "generation": self.generation,
            "clients": self.clients,
            "changes": [change.to_json() for change in self.changes],
            "effects": [each.to_json() for each in self.effects],
            "managed": [*self.managed],
            "managed_before": [*self.managed_before],
            "digest_after": self.digest_after,
            "pages": self.pages,
            "time_zone": self.time_zone,
            "affected": self.affected,
            "new_hosts": [*self.new_hosts],
            "emptied": self.emptied,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FirmPlan":
        return cls(
            id=data["id"],
            name=data["name"],
            generation=data["generation"],
            clients=data["clients"],
            changes=tuple(Change.from_json(change) for change in data["changes"]),
            effects=tuple(Reach.from_json(each) for each in data["effects"]),
            managed=tuple(data["managed"]),
            managed_before=tuple(data["managed_before"]),
            digest_after=data["digest_after"],
            pages=data["pages"],
            time_zone=data["time_zone"],
            affected=data["affected"],
            new_hosts=tuple(data["new_hosts"]),
            emptied=data["emptied"],
        )


@dataclass(frozen=True, slots=True)
class PartDigest:
    """Which part a plan has for a firm."""

    id: str
    part: str

    def to_json(self) -> JSONObject:
        return {"id": self.id, "part": self.part}


class Parts(Items[FirmPlan], Protocol):
    """The parts of a plan, sorted by firm. Every loop over them may read them anew."""

    @property
    def digests(self) -> tuple[PartDigest, ...]: ...


class HeldParts(tuple[FirmPlan, ...]):
    """Parts in memory."""

    __slots__ = ()

    @property
    def digests(self) -> tuple[PartDigest, ...]:
        return tuple(PartDigest(firm.id, part_digest(firm)) for firm in self)


def part_digest(firm: FirmPlan) -> str:
    """The digest of a part: over what stands in it alone, and the digests of what firms may share."""
    return short_digest(with_shared(firm.to_json(), short_digest))


def with_shared(part: JSONObject, swap: Callable[[JSON], JSON]) -> JSONObject:
    """A part's JSON with whatever firms may share put through `swap`: each change, each effect, the
    claims. TypeError or KeyError for what is no part.
    """
    changes, effects = part["changes"], part["effects"]
    if not isinstance(changes, list) or not isinstance(effects, list):
        raise TypeError("a part without its lists")
    return {
        **part,
        "changes": [swap(change) for change in changes],
        "effects": [_swapped_effect(reach, swap) for reach in effects],
        "managed": swap(part["managed"]),
        "managed_before": swap(part["managed_before"]),
    }


def _swapped_effect(reach: JSON, swap: Callable[[JSON], JSON]) -> JSONObject:
    if not isinstance(reach, dict):
        raise TypeError("an effect without its clients")
    return {**reach, "effect": swap(reach["effect"])}


@dataclass(frozen=True, eq=False)
class Plan:
    """A reviewed plan is applied as it is, or not at all. Its head is everything but the parts themselves.

    `portal` is the portal's identity, `schema` the schemas' digest, `config` the digest of the
    files, `commit` the config's commit if it is in git. `at` is the instant (ISO, UTC) it was made
    for. `unmanaged` are firms of the portal that no file names. `guardrails` is what they object to,
    judged by `limits`.
    """

    environment: str
    portal: str
    schema: str
    config: str
    commit: str
    at: str
    firms: Parts
    unchanged: tuple[str, ...]
    unmanaged: tuple[str, ...] = ()
    clients: int = 0
    """Clients of all firms that change."""
    limits: Limits = field(default_factory=dict)
    guardrails: tuple[Verdict, ...] = ()

    def __eq__(self, other: object) -> bool:
        """The head names each part by its digest: equal heads are equal plans."""
        return isinstance(other, Plan) and self.head() == other.head()

    __hash__ = None  # type: ignore[assignment] # equal by value

    @property
    def is_empty(self) -> bool:
        return not len(self.firms)

    @property
    def considered(self) -> int:
        return len(self.firms) + len(self.unchanged)

    @property
    def blocking(self) -> tuple[Verdict, ...]:
        """What keeps it from being applied."""
        return tuple(verdict for verdict in self.guardrails if verdict.blocks)

    def acknowledged_for(self, firm: str) -> tuple[str, ...]:
        """What was accepted that concerns one firm."""
        concerned = (verdict for verdict in self.guardrails if firm in verdict.firms)
        return tuple(sorted({each.acknowledged for each in concerned if each.acknowledged}))

    def head(self) -> JSONObject:
        """Everything but the parts, which it names, and the digest, which is over this."""
        return {
            "format_version": FORMAT_VERSION,
            "environment": self.environment,
            "portal": self.portal,
            "schema": self.schema,
            "config": self.config,
            "commit": self.commit,
            "at": self.at,
            "firms": [each.to_json() for each in self.firms.digests],
            "unchanged": [*self.unchanged],
            "unmanaged": [*self.unmanaged],
            "clients": self.clients,
            "limits": dict(self.limits),
            "guardrails": [verdict.to_json() for verdict in self.guardrails],
        }

    @cached_property
    def digest(self) -> str:
        return digest(self.head())

    @classmethod
    def from_head(cls, data: Mapping[str, Any], firms: Parts) -> "Plan":
        return cls(
            environment=data["environment"],
            portal=data["portal"],
            schema=data["schema"],
            config=data["config"],
            commit=data["commit"],
            at=data["at"],
            firms=firms,
            unchanged=tuple(data["unchanged"]),
            unmanaged=tuple(data["unmanaged"]),
            clients=data["clients"],
            limits=data["limits"],
            guardrails=tuple(Verdict.from_json(verdict) for verdict in data["guardrails"]),
        )
