"""Documents of a seed as a portal keeps them."""

from collections.abc import Mapping

from portalsync.catalog.files.document import API_VERSION
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON, JSONObject

CLIENTS = "Persona"
"""The kind of documents that sample clients are."""


def whole_document(kind: str, document: Mapping[str, JSON]) -> JSONObject:
    return {"apiVersion": API_VERSION, "kind": kind, **document}


def written(document: JSONObject) -> str:
    return canonical(document).decode()
