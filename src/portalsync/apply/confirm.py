"""What became of commits that were sent: told by what the portal has, never by an answer alone."""

from collections.abc import Iterable, Iterator

from portalsync.apply.deadline import Deadline
from portalsync.backend.protocol import Reader
from portalsync.commits import Committed, Problem
from portalsync.errors import BackendError, BackendUnreachable
from portalsync.lexicon import Text
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.receipt import MADE, FirmReceipt, Outcome
from portalsync.wire import FirmState, FirmSummary, HistoryEntry

CommitAnswer = Committed | Problem | Text
"""What the portal said to a commit, or why it is not known."""


def entry_of(firm: str, generation: int, portal: Reader) -> HistoryEntry | None:
    """How a generation came about, as far as the portal remembers."""
    return next((entry for entry in portal.history(firm) if entry.generation == generation), None)


def is_of(name: str, entry: HistoryEntry) -> bool:
    """Whether a plan of this name made the generation: the very same plan, or one of the same review."""
    return not {*name.split()}.isdisjoint(entry.plan.split())


def confirm(
    name: str, sent: Iterable[tuple[FirmPlan, CommitAnswer]], portal: Reader, deadline: Deadline
) -> Iterator[FirmReceipt]:
    """Read each firm back, after commits of a plan of this name. Once nobody answers any more, or time is up,
    the rest is unknown unasked.
    """
    silent: Text = ""
    sent, together = [*sent], frozenset[str]()
    try:
        together = _together(sent, portal, deadline)
    except BackendUnreachable as error:
        silent = error.diagnostic.message
    for firm, answer in sent:
        silent = silent or deadline.long_passed
        if isinstance(answer, Problem):
            yield receipt_of(firm, Outcome.REFUSED, answer.detail or answer.title)
            continue
        try:
            if firm.id in together:
                yield receipt_of(firm, Outcome.COMMITTED)
            elif silent:
                yield receipt_of(firm, Outcome.UNKNOWN, silent)
            else:
                yield _read_back(name, firm, answer, portal)
        except BackendError as error:
            message = error.diagnostic.message
            silent = message if isinstance(error, BackendUnreachable) else ""
            yield receipt_of(firm, Outcome.UNKNOWN, message)


def _together(
    sent: Iterable[tuple[FirmPlan, CommitAnswer]], portal: Reader, deadline: Deadline
) -> frozenset[str]:
    """Firms that are as planned, read in few questions. Of all others nothing is known, nor of any where the
    portal does not answer to that: they are read one by one.
    """
    due = {firm.id: firm for firm, answer in sent if _is_done(firm, answer)}
    if deadline.long_passed or len(due) <= 1:
        return frozenset()
    try:
        told = portal.summaries([*due])
    except BackendUnreachable:
        raise
    except BackendError:
        return frozenset()
    return frozenset(each.id for each in told if _as_planned(due[each.id], each))


def receipt_of(firm: FirmPlan, outcome: Outcome, detail: Text = "") -> FirmReceipt:
    after = firm.generation + 1 if outcome in MADE else 0
    return FirmReceipt(firm.id, firm.name, outcome, firm.generation, after, detail)


def _read_back(name: str, firm: FirmPlan, answer: Committed | Text, portal: Reader) -> FirmReceipt:
    state = portal.state(firm.id)
    why = "" if isinstance(answer, Committed) else answer
    if _is_done(firm, answer) and _as_planned(firm, state):
        return receipt_of(firm, Outcome.COMMITTED)
    if (state.generation, state.audit) == (firm.generation, firm.audit):
        return receipt_of(firm, Outcome.NOT_DONE, why)
    outcome = _by_history(name, firm, state, portal)
    return receipt_of(firm, outcome, why if outcome not in MADE else "")


def _is_done(firm: FirmPlan, answer: CommitAnswer) -> bool:
    """Whether the portal says that it has what was planned."""
    return isinstance(answer, Committed) and answer.digest == firm.digest_after


def _as_planned(firm: FirmPlan, state: FirmState | FirmSummary) -> bool:
    return (state.generation, state.digest) == (firm.generation + 1, firm.digest_after)


def _by_history(name: str, firm: FirmPlan, state: FirmState, portal: Reader) -> Outcome:
    """Where a firm has moved on, only its history knows by whom."""
    entry = entry_of(firm.id, firm.generation + 1, portal) if state.generation > firm.generation else None
    if entry is None:
        return Outcome.UNKNOWN
    if not is_of(name, entry):
        return Outcome.NOT_DONE
    return Outcome.COMMITTED if state.digest == firm.digest_after else Outcome.DIFFERS
