"""Receipt -> report, and -> how the command ends."""

from collections.abc import Iterable, Iterator, Sequence

from portalsync.diagnostics import Diagnostic
from portalsync.errors import ExitCode
from portalsync.lexicon import Foreign, Lexicon, Phrase, Text, counted, how_many, phrase
from portalsync.model.receipt import MADE, Extent, FirmReceipt, Outcome, Receipt
from portalsync.views.report import Item, Report, Section, Tone

_MOST_NAMED = 8
"""Firms of one kind that a summary names."""


def word_receipt(
    receipt: Receipt, lexicon: Lexicon, *, summary: bool = False, why: Diagnostic | None = None
) -> Report:
    """What was committed, refused or is unknown, firm by firm; in a `summary` only what is not as planned,
    and where the same went wrong with many firms, the first of them. `why` the apply did not come to its end.
    """
    failures = [firm for firm in receipt.firms if not firm.outcome.is_done]
    shown, most = (failures, _MOST_NAMED) if summary else (receipt.firms, len(receipt.firms))
    return Report(
        title=_title(receipt.environment, extent(receipt, why)),
        verdict=tuple(_verdict(receipt, len(failures), why)),
        sections=(Section("", tuple(_item(alike, lexicon, most) for alike in _alike(shown))),),
        foot=(phrase("plan.digest", digest=receipt.plan),) if receipt.firms and not summary else (),
    )


def extent(receipt: Receipt, why: Diagnostic | None) -> Extent:
    """Of an apply that ended before anything was sent, `why` says more than that there are no firms."""
    return Extent.NOTHING_APPLIED if why and not receipt.firms else receipt.extent


def _title(environment: str, how_much: Extent) -> Phrase:
    if not environment:
        return phrase("receipt.title.nowhere")
    return phrase(f"receipt.title.{how_much}", environment=Foreign(environment))


def _verdict(receipt: Receipt, failures: int, why: Diagnostic | None) -> Iterator[Item]:
    if why is not None:
        yield Item(Tone.BAD, why.message, notes=(why.hint,) if why.hint else ())
    elif receipt.extent is Extent.NOTHING_TO_APPLY:
        yield Item(Tone.GOOD, phrase("receipt.nothing"))
    elif receipt.extent is Extent.ALREADY_APPLIED:
        yield Item(Tone.GOOD, phrase("receipt.already"))
    if done := len(receipt.firms) - failures:
        yield Item(Tone.GOOD, counted("receipt.done", done))
    if failures:
        yield Item(Tone.BAD, counted("receipt.failed", failures))


def _alike(firms: Iterable[FirmReceipt]) -> Iterable[Sequence[FirmReceipt]]:
    """Those where the same went wrong together, in the order of their first; any other firm alone."""
    groups: dict[tuple[Text, ...], list[FirmReceipt]] = {}
    for firm in firms:
        key = (firm.id,) if firm.after else (firm.outcome, firm.detail)
        groups.setdefault(key, []).append(firm)
    return groups.values()


def _item(alike: Sequence[FirmReceipt], lexicon: Lexicon, most: int) -> Item:
    firm, *others = alike
    names = [Foreign(each.name) for each in alike]
    tone = Tone.GOOD if firm.outcome.is_done else Tone.BAD
    text = phrase(
        f"receipt.{firm.outcome}",
        firm=counted("told.firms", len(alike)) if others else names[0],
        before=str(firm.before),
        after=str(firm.after),
        detail=Foreign(lexicon.say(firm.detail)),
    )
    return Item(tone, text, notes=_first(names, most) if others else ())


def _first(names: Sequence[Foreign], most: int) -> tuple[Text, ...]:
    """A line for each, the last with how many more there are."""
    most = how_many(len(names), most)
    rest = len(names) - most
    if rest <= 0:
        return tuple(names)
    *before, last = names[:most]
    return (*before, (last, counted("values.and_more", rest)))


def exit_code(receipt: Receipt) -> ExitCode:
    """0 all as planned, 7 something unknown, 5 in part, 4 nothing was accepted, 1 nothing was done."""
    outcomes = {firm.outcome for firm in receipt.firms}
    if all(outcome.is_done for outcome in outcomes):
        return ExitCode.DONE
    if Outcome.UNKNOWN in outcomes:
        return ExitCode.UNKNOWN
    if outcomes & MADE:
        return ExitCode.PARTIAL
    return ExitCode.CONFLICT if Outcome.REFUSED in outcomes else ExitCode.ERROR
