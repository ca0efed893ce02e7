"""A plan as one JSON document, `schemas/plan.v2.schema.json`: whatever firms share stands in each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from portalsync.model.annotations import Digest, Doc, Omitted
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.json_value import JSONObject
from portalsync.model.plan import Frame, Parts, Plan
from portalsync.model.vanished import Vanished


@dataclass(frozen=True, kw_only=True)
class PlanDocument(Frame):
    """Canonical JSON on one line. `plan --out` saves the same in a form of its own, line by line, in which
    nothing stands twice; `digest` is over that form's first line.
    """

    firms: Annotated[tuple[FirmPlan, ...], Doc("Firms that something happens to, by id.")]
    digest: Annotated[Digest, Doc("The plan's, which is reviewed and applied.")]
    vanished: Annotated[
        tuple[Vanished, ...],
        Omitted(),
        Doc("What the portal had when settings were applied that need it, and has no more; in no file."),
    ] = ()


def plan_json(plan: Plan) -> Iterator[bytes]:
    """A `PlanDocument` in pieces: no more than one firm is held at once."""
    opening = b"{"
    gone: JSONObject = {"vanished": [*map(encode, plan.vanished)]} if plan.vanished else {}
    for key, value in sorted({**encode(plan.head), **gone, "digest": plan.digest}.items()):
        yield opening + canonical(key) + b":"
        opening = b","
        yield from _firms(plan.firms) if key == "firms" else (canonical(value),)
    yield b"}\n"


def _firms(firms: Parts) -> Iterator[bytes]:
    opening = b"["
    for firm in firms:
        yield opening + canonical(encode(firm))
        opening = b","
    yield b"[]" if opening == b"[" else b"]"
