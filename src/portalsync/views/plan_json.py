"""A plan as one JSON document, `schemas/plan.v2.schema.json`: whatever firms share stands in each of them."""

from collections.abc import Iterator

from portalsync.model.canonical import canonical
from portalsync.model.plan import Parts, Plan


def plan_json(plan: Plan) -> Iterator[bytes]:
    """Canonical JSON on one line, in pieces: no more than one firm is held at once."""
    opening = b"{"
    for key, value in sorted({**plan.head(), "digest": plan.digest}.items()):
        yield opening + canonical(key) + b":"
        opening = b","
        yield from _firms(plan.firms) if key == "firms" else (canonical(value),)
    yield b"}\n"


def _firms(firms: Parts) -> Iterator[bytes]:
    opening = b"["
    for firm in firms:
        yield opening + canonical(firm.to_json())
        opening = b","
    yield b"[]" if opening == b"[" else b"]"
