"""The JSON bodies that client and server exchange, contract `/v1`.

Reading is strict: a missing or unknown key, or a value of another type, is a `WireError`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON, JSONObject

T = TypeVar("T")

API = "v1"
PROBLEM = "urn:portalsync:problem:"
MOST_IN_BATCH = 100


class WireError(ValueError):
    """A body that is not what the contract says."""


class Origin(StrEnum):
    """How a generation came about."""

    SEED = "seed"
    PLAN = "plan"
    PORTAL = "portal"
    """Somebody changed a setting by hand, in the portal itself."""


@dataclass(frozen=True, slots=True)
class PortalInfo:
    """Who answers. `portal` is the portal's identity (a UUID), `schema` its schema digest."""

    portal: str
    schema: str

    def to_json(self) -> JSONObject:
        return {"api": API, "portal": self.portal, "schema": self.schema}

    @classmethod
    def from_json(cls, body: Any) -> "PortalInfo":
        data = _keys(body, ("api", "portal", "schema"))
        if data["api"] != API:
            raise WireError(f"the portal speaks {data['api']!r}, not {API!r}")
        return cls(_str(data, "portal"), _str(data, "schema"))


@dataclass(frozen=True, slots=True)
class FirmSummary:
    """`digest` covers what portalsync manages, from the live values at the time of reading."""

    id: str
    generation: int
    digest: str
    managed: bool

    def to_json(self) -> JSONObject:
        return {
            "id": self.id,
            "generation": self.generation,
            "digest": self.digest,
            "managed": self.managed,
        }

    @classmethod
    def from_json(cls, body: Any) -> "FirmSummary":
        data = _keys(body, ("id", "generation", "digest", "managed"))
        return cls(_str(data, "id"), _int(data, "generation"), _str(data, "digest"), _bool(data, "managed"))


@dataclass(frozen=True, slots=True)
class FirmState:
    """One generation of a firm. `managed` are the claims that portalsync last committed:
    paths of fields, and `path.*` of whole lists. `applied` is the last generation that a plan made.
    """

    id: str
    generation: int
    digest: str
    settings: Mapping[str, JSON]
    managed: tuple[str, ...]
    applied: int | None

    def to_json(self) -> JSONObject:
        return {
            "id": self.id,
            "generation": self.generation,
            "digest": self.digest,
            "settings": dict(self.settings),
            "managed": [*self.managed],
            "applied": self.applied,
        }

    @classmethod
    def from_json(cls, body: Any) -> "FirmState":
        data = _keys(body, ("id", "generation", "digest", "settings", "managed", "applied"))
        return cls(
            _str(data, "id"),
            _int(data, "generation"),
            _str(data, "digest"),
            _mapping(data, "settings"),
            _strings(data, "managed"),
            None if data["applied"] is None else _int(data, "applied"),
        )


@dataclass(frozen=True, slots=True)
class Commit:
    """What one firm's commit says. `plan` is the plan's digest, empty for a change by hand.
    `acknowledged` is what somebody accepted although a guardrail objected, as `RULE:SUBJECT`.
    """

    origin: Origin
    actor: str
    plan: str
    schema: str
    writes: tuple[Edit, ...]
    managed: tuple[str, ...]
    acknowledged: tuple[str, ...] = ()

    def to_json(self) -> JSONObject:
        return {
            "origin": str(self.origin),
            "actor": self.actor,
            "plan": self.plan,
            "schema": self.schema,
            "writes": [write.to_json() for write in self.writes],
            "managed": [*self.managed],
            "acknowledged": [*self.acknowledged],
        }

    @classmethod
    def from_json(cls, body: Any) -> "Commit":
        data = _keys(body, ("origin", "actor", "plan", "schema", "writes", "managed", "acknowledged"))
        try:
            origin = Origin(_str(data, "origin"))
        except ValueError as error:
            raise WireError("unknown origin") from error
        return cls(
            origin,
            _str(data, "actor"),
            _str(data, "plan"),
            _str(data, "schema"),
            tuple(_list(data, "writes", _edit)),
            _strings(data, "managed"),
            _strings(data, "acknowledged"),
        )


@dataclass(frozen=True, slots=True)
class Committed:
    """The answer to a commit: the generation it made, and the digest of what is managed now."""

    id: str
    previous: int
    generation: int
    digest: str

    def to_json(self) -> JSONObject:
        return {
            "id": self.id,
            "previous": self.previous,
            "generation": self.generation,
            "digest": self.digest,
        }

    @classmethod
    def from_json(cls, body: Any) -> "Committed":
        data = _keys(body, ("id", "previous", "generation", "digest"))
        return cls(_str(data, "id"), _int(data, "previous"), _int(data, "generation"), _str(data, "digest"))


@dataclass(frozen=True, slots=True)
class Conditional:
    """One firm's part of a batch: the commit, the generation it expects, its idempotency key."""

    firm: str
    generation: int
    key: str
    commit: Commit

    def to_json(self) -> JSONObject:
        return {
            "firm": self.firm,
            "generation": self.generation,
            "key": self.key,
            "commit": self.commit.to_json(),
        }

    @classmethod
    def from_json(cls, body: Any) -> "Conditional":
        data = _keys(body, ("firm", "generation", "key", "commit"))
        return cls(
            _str(data, "firm"), _int(data, "generation"), _str(data, "key"), Commit.from_json(data["commit"])
        )


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """How one generation came about. `at` is an ISO instant in UTC."""

    generation: int
    at: str
    origin: Origin
    actor: str
    plan: str
    writes: tuple[Edit, ...]

    def to_json(self) -> JSONObject:
        return {
            "generation": self.generation,
            "at": self.at,
            "origin": str(self.origin),
            "actor": self.actor,
            "plan": self.plan,
            "writes": [write.to_json() for write in self.writes],
        }

    @classmethod
    def from_json(cls, body: Any) -> "HistoryEntry":
        data = _keys(body, ("generation", "at", "origin", "actor", "plan", "writes"))
        return cls(
            _int(data, "generation"),
            _str(data, "at"),
            Origin(_str(data, "origin")),
            _str(data, "actor"),
            _str(data, "plan"),
            tuple(_list(data, "writes", _edit)),
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457. `type` is one of the contract's slugs, without the `urn:portalsync:problem:`."""

    type: str
    title: str
    status: int
    detail: str = ""

    def to_json(self) -> JSONObject:
        body: JSONObject = {"type": PROBLEM + self.type, "title": self.title, "status": self.status}
        return {**body, "detail": self.detail} if self.detail else body

    @classmethod
    def from_json(cls, body: Any) -> "Problem":
        data = _keys(body, ("type", "title", "status"), optional=("detail",))
        return cls(
            _str(data, "type").removeprefix(PROBLEM),
            _str(data, "title"),
            _int(data, "status"),
            str(data.get("detail", "")),
        )


def _edit(body: Any) -> Edit:
    data = _keys(body, ("path",), optional=("before", "after"))
    _str(data, "path")
    return Edit.from_json(data)


def _keys(body: Any, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise WireError("expected an object")
    if missing := [key for key in required if key not in body]:
        raise WireError(f"missing: {', '.join(missing)}")
    if unknown := [str(key) for key in body if key not in (*required, *optional)]:
        raise WireError(f"unknown: {', '.join(unknown)}")
    return body


def _str(data: dict[str, Any], key: str) -> str:
    return _typed(data, key, str)


def _int(data: dict[str, Any], key: str) -> int:
    value = _typed(data, key, int)
    if isinstance(value, bool):
        raise WireError(f"{key}: expected a whole number")
    return value


def _bool(data: dict[str, Any], key: str) -> bool:
    return _typed(data, key, bool)


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    return _typed(data, key, dict)


def _strings(data: dict[str, Any], key: str) -> tuple[str, ...]:
    values = _typed(data, key, list)
    if not all(isinstance(value, str) for value in values):
        raise WireError(f"{key}: expected texts")
    return tuple(values)


def _list(data: dict[str, Any], key: str, read: Callable[[Any], T]) -> list[T]:
    return [read(value) for value in _typed(data, key, list)]


def _typed(data: dict[str, Any], key: str, kind: type[T]) -> T:
    value = data[key]
    if not isinstance(value, kind):
        raise WireError(f"{key}: expected {kind.__name__}")
    return value
