"""Receipt -> report, and -> how the command ends."""

from portalsync.errors import ExitCode
from portalsync.lexicon import Foreign, Lexicon, counted, phrase
from portalsync.model.receipt import MADE, FirmReceipt, Outcome, Receipt
from portalsync.views.report import Item, Report, Section, Tone


def word_receipt(receipt: Receipt, lexicon: Lexicon, *, summary: bool = False) -> Report:
    """What was committed, refused or is unknown, firm by firm; in a `summary` only what is not as planned."""
    failures = [firm for firm in receipt.firms if not firm.outcome.is_done]
    shown = failures if summary else receipt.firms
    done = len(receipt.firms) - len(failures)
    verdict = []
    if not receipt.firms:
        verdict.append(Item(Tone.GOOD, phrase("receipt.nothing")))
    already = sum(firm.outcome is Outcome.ALREADY_APPLIED for firm in receipt.firms)
    if already and already == len(receipt.firms):
        verdict.append(Item(Tone.GOOD, phrase("receipt.already")))
    if done:
        verdict.append(Item(Tone.GOOD, counted("receipt.done", done)))
    if failures:
        verdict.append(Item(Tone.BAD, counted("receipt.failed", len(failures))))
    return Report(
        title=phrase(f"receipt.title.{_extent(receipt)}", environment=Foreign(receipt.environment)),
        verdict=tuple(verdict),
        sections=(Section("", tuple(_firm(firm, lexicon) for firm in shown)),),
        foot=(phrase("plan.digest", digest=receipt.plan),) if receipt.firms and not summary else (),
    )


def _extent(receipt: Receipt) -> str:
    """How much of the plan is on the portal for certain."""
    outcomes = {firm.outcome for firm in receipt.firms}
    if all(outcome.is_done for outcome in outcomes):
        return "all"
    if outcomes & MADE:
        return "part"
    return "unknown" if Outcome.UNKNOWN in outcomes else "none"


def _firm(firm: FirmReceipt, lexicon: Lexicon) -> Item:
    tone = Tone.GOOD if firm.outcome.is_done else Tone.BAD
    text = phrase(
        f"receipt.{firm.outcome}",
        firm=Foreign(firm.name),
        before=str(firm.before),
        after=str(firm.after),
        detail=Foreign(lexicon.say(firm.detail)),
    )
    return Item(tone, text)


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
