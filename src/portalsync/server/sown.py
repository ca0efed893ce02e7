"""What a portal makes of a seed: documents as it keeps them, and the beginnings of firms."""

import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from portalsync.catalog.conform import Validator, faults, validator
from portalsync.catalog.files.document import API_VERSION
from portalsync.catalog.schema import schema_for
from portalsync.errors import PortalsyncError
from portalsync.lexicon import phrase
from portalsync.model.canonical import canonical, digest
from portalsync.model.json_value import JSON, JSONObject
from portalsync.server.chain import next_entry
from portalsync.server.snapshot import real
from portalsync.wire import AuditEntry, Origin

FACTS, CLIENTS = "Facts", "Persona"
"""The kinds of documents."""

FIRST = 1
SINCE = "1970-01-01T00:00:00.000+00:00"
"""When a firm that the portal is filled with came about: nobody can tell. The same for all, so that its
trail begins alike wherever the seed is laid down.
"""


def whole_document(kind: str, document: Mapping[str, JSON]) -> JSONObject:
    return {"apiVersion": API_VERSION, "kind": kind, **document}


def written(document: JSONObject) -> str:
    return canonical(document).decode()


def checked(kind: str, name: str, key: str, document: Mapping[str, JSON]) -> JSONObject:
    """The whole document, as its schema wants it. PortalsyncError for any other."""
    whole = whole_document(kind, document)
    fault = next(faults(_validator(kind.lower()), whole), None)
    if fault is not None or whole.get(name) != key:
        place = ".".join(str(part) for part in fault.path) if fault else name
        raise _invalid(kind.lower(), key, place)
    return whole


def _invalid(kind: str, key: str, place: str) -> PortalsyncError:
    if not place:
        return PortalsyncError(
            phrase("errors.seed.invalid.message", kind=kind, id=key), phrase("errors.seed.invalid.hint")
        )
    return PortalsyncError(
        phrase("errors.seed.invalid-at.message", kind=kind, id=key, place=place),
        phrase("errors.seed.invalid-at.hint"),
    )


@cache
def _validator(kind: str) -> Validator:
    return validator(schema_for(kind))


def identity_at(path: Path) -> str:
    """A new portal's identity follows from its place: whoever plans before it is made names the same one."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, real(path).as_uri()))


def first_entry(firm: str) -> AuditEntry:
    """The first row of a firm's trail."""
    return next_entry({"seq": 0, "audit": ""}, first_generation(firm), digest([]))


def first_generation(firm: str) -> dict[str, Any]:
    """As a row: nothing is set."""
    return {
        "firm": firm,
        "generation": FIRST,
        "at": SINCE,
        "origin": str(Origin.SEED),
        "actor": "portal",
        "plan": "",
        "settings": {},
        "managed": [],
        "writes": [],
        "applied": None,
    }
