"""How an apply ended as one JSON document, `schemas/receipt.v1.schema.json`, whatever ended it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Lexicon, Text
from portalsync.model.annotations import VERSION_DOC, Count, Digest, Doc, Omitted
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.effect import Effect
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import Plan
from portalsync.model.receipt import Extent, FirmReceipt, Receipt
from portalsync.model.substance import beyond, review_digest
from portalsync.planning.passed import Passed
from portalsync.views.wording.receipt import extent


@dataclass(frozen=True, slots=True)
class Deviation:
    """What would have been done, held against what was reviewed."""

    expected: Annotated[str, Doc("The digest of the reviewed change; `none` if none was reviewed.")]
    found: Annotated[str, Doc("The digest of the change that would have been made.")]
    new: Annotated[tuple[FirmPlan, ...], Doc("What nobody reviewed.")]
    gone: Annotated[
        tuple[FirmPlan, ...] | None,
        Doc("What was reviewed and would not have happened; null if the reviewed plan is not at hand."),
    ]


@dataclass(frozen=True, slots=True)
class PassedEffect:
    """What the plan tells of one firm for a moment that had passed before it was applied."""

    firm: Annotated[str, Doc("The firm's id.")]
    over: Annotated[bool, Doc("Whether it would have ended by then; else it comes at once, with the apply.")]
    effect: Annotated[Effect, Doc("Its `since` is that moment, and where it is over the one of its end.")]


@dataclass(frozen=True, kw_only=True)
class ReceiptDocument:
    """How an apply ended, and what became of each firm."""

    format_version: Annotated[Literal[1], VERSION_DOC] = field(default=1, init=False)
    environment: Annotated[str, Doc("The environment; empty if the apply ended before it was known.")]
    plan: Annotated[
        Digest | None, Doc("The digest of the plan; null if the apply ended before it was known.")
    ]
    result: Annotated[
        Extent,
        Doc(
            "How much of the plan is on the portal for certain. applied: all. already_applied: all, and from "
            "before. in_part: some firms. otherwise: the plan was written to all firms, and some have other "
            "values than it says. rest_unknown: some firms, and of others nobody can tell. unknown: nobody "
            "can tell of any. nothing_applied: no firm. nothing_to_apply: there was nothing to change."
        ),
    ]
    exit_code: Annotated[Count, Doc("How the command ended.")]
    reason: Annotated[Text, Doc("Why the apply did not come to its end; empty if it did.")]
    hint: Annotated[Text, Doc("What to do about it; may be empty.")]
    firms: Annotated[tuple[FirmReceipt, ...], Doc("Empty if nothing was sent.")]
    deviation: Annotated[
        Deviation | None, Doc("Where the change is not the one that `--expect` asks for; null elsewhere.")
    ]
    passed: Annotated[
        tuple[PassedEffect, ...],
        Omitted(),
        Doc("What the plan tells for moments that had passed before it was applied."),
    ] = ()


def receipt_json(  # noqa: PLR0913 - all that a receipt says
    receipt: Receipt,
    code: int,
    lexicon: Lexicon,
    why: Diagnostic | None = None,
    deviation: Deviation | None = None,
    *,
    passed: Sequence[Passed] = (),
) -> bytes:
    """Canonical JSON on one line."""
    document = ReceiptDocument(
        environment=receipt.environment,
        plan=receipt.plan or None,
        result=extent(receipt, why),
        exit_code=code,
        reason=why.message if why else "",
        hint=why.hint if why else "",
        firms=receipt.firms,
        deviation=deviation,
        passed=tuple(_passed(passed)),
    )
    return canonical(encode(document, lexicon.say)) + b"\n"


def _passed(parts: Iterable[Passed]) -> Iterator[PassedEffect]:
    for part in parts:
        for each, over in ((part.at_once, False), (part.over, True)):
            yield from (PassedEffect(each.id, over, reach.effect) for reach in each.effects)


def deviation_of(expected: str, reviewed: Plan | None, now: Plan) -> Deviation:
    """What is new and what is gone; without the reviewed plan, all that would be done now is new."""
    new, gone = (beyond(now, reviewed), beyond(reviewed, now)) if reviewed else (now, None)
    return Deviation(
        expected, review_digest(now), tuple(new.firms), None if gone is None else tuple(gone.firms)
    )
