"""Receipt -> report, and -> how the command ends."""

from portalsync.errors import ExitCode
from portalsync.lexicon import Foreign, Lexicon, counted, phrase
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.views.report import Item, Report, Section, Tone


def word_receipt(receipt: Receipt, lexicon: Lexicon, *, summary: bool = False) -> Report:
    """What was committed, refused or is unknown, firm by firm; in a `summary` only what is not as planned."""
    failures = [firm for firm in receipt.firms if firm.outcome is not Outcome.COMMITTED]
    shown = failures if summary else receipt.firms
    done = len(receipt.firms) - len(failures)
    verdict = []
    if not receipt.firms:
        verdict.append(Item(Tone.GOOD, phrase("receipt.nothing")))
    if done:
        verdict.append(Item(Tone.GOOD, counted("receipt.done", done)))
    if failures:
        verdict.append(Item(Tone.BAD, counted("receipt.failed", len(failures))))
    return Report(
        title=phrase("receipt.title", environment=Foreign(receipt.environment)),
        verdict=tuple(verdict),
        sections=(Section("", tuple(_firm(firm, lexicon) for firm in shown)),),
        foot=(phrase("plan.digest", digest=receipt.plan),) if receipt.firms and not summary else (),
    )


def _firm(firm: FirmReceipt, lexicon: Lexicon) -> Item:
    tone = Tone.GOOD if firm.outcome is Outcome.COMMITTED else Tone.BAD
    text = phrase(
        f"receipt.{firm.outcome}",
        firm=Foreign(firm.name),
        before=str(firm.before),
        after=str(firm.after),
        detail=Foreign(lexicon.say(firm.detail)),
    )
    return Item(tone, text)


def exit_code(receipt: Receipt) -> ExitCode:
    """0 all as planned, 7 something unknown, 5 in part, 4 nothing was accepted."""
    outcomes = {firm.outcome for firm in receipt.firms}
    if outcomes <= {Outcome.COMMITTED}:
        return ExitCode.DONE
    if Outcome.UNKNOWN in outcomes:
        return ExitCode.UNKNOWN
    return ExitCode.PARTIAL if outcomes & {Outcome.COMMITTED, Outcome.DIFFERS} else ExitCode.CONFLICT
