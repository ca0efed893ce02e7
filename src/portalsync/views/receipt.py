"""Receipt -> report, and -> how the command ends."""

from portalsync.errors import ExitCode
from portalsync.lexicon import Lexicon
from portalsync.model.receipt import FirmReceipt, Outcome, Receipt
from portalsync.views.report import Item, Report, Section, Tone, Value, say


def word_receipt(receipt: Receipt, lexicon: Lexicon) -> Report:
    """What was committed, refused or is unknown, firm by firm."""
    done = sum(firm.outcome is Outcome.COMMITTED for firm in receipt.firms)
    failed = len(receipt.firms) - done
    verdict = []
    if not receipt.firms:
        verdict.append(Item(Tone.GOOD, (lexicon("receipt.nothing"),)))
    if done:
        verdict.append(Item(Tone.GOOD, (lexicon.count("receipt.done", done),)))
    if failed:
        verdict.append(Item(Tone.BAD, (lexicon.count("receipt.failed", failed),)))
    return Report(
        quote=lexicon("values.quoted", text="{}"),
        title=say(lexicon, "receipt.title", environment=Value(receipt.environment, quoted=False)),
        verdict=tuple(verdict),
        sections=(Section((), tuple(_firm(firm, lexicon) for firm in receipt.firms)),),
        foot=(say(lexicon, "plan.digest", digest=receipt.plan),) if receipt.firms else (),
    )


def _firm(firm: FirmReceipt, lexicon: Lexicon) -> Item:
    tone = Tone.GOOD if firm.outcome is Outcome.COMMITTED else Tone.BAD
    text = say(
        lexicon,
        f"receipt.{firm.outcome}",
        firm=Value(firm.name, quoted=False),
        before=str(firm.before),
        after=str(firm.after),
        detail=Value(lexicon.say(firm.detail), quoted=False),
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
