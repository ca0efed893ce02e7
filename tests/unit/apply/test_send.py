"""How commits are cut into requests, and what becomes of firms whose answer is lost."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pytest
from tests.clocks import Clock
from tests.unit.views.test_comment import change, firm, plan

from portalsync.apply import send
from portalsync.apply.deadline import GRACE, Deadline
from portalsync.apply.fresh import FreshPlan, not_yet
from portalsync.apply.send import BrokenOff, Halted, apply_plan
from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Committed, Conditional, batch_of
from portalsync.errors import (
    BackendError,
    BackendUnreachable,
    CommitRefused,
    ExitCode,
    OutcomeUnknown,
    PortalBusy,
)
from portalsync.lexicon import phrase
from portalsync.model.edit import Edit
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.plan import HeldParts
from portalsync.model.receipt import Outcome, Receipt
from portalsync.model.watch import Items, Watch, unwatched
from portalsync.moments import from_now
from portalsync.views.wording.receipt import exit_code
from portalsync.wire import LARGEST_BODY, FirmState, FirmSummary, HistoryEntry, Origin

MOST_AT_ONCE = 20


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "MOST_AT_ONCE", MOST_AT_ONCE)


BUSY = phrase("errors.portal.busy.message", portal="https://portal.example", when=from_now(3600))
T = TypeVar("T")
LOST = OutcomeUnknown(phrase("errors.portal.outcome-unknown.broken-off", reason="ReadError"))


@dataclass
class Portal:
    """Does what it is sent; loses the answers to some requests, by number, and takes others not at all."""

    digest: str
    lost: frozenset[int] = frozenset()
    busy: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    silent: bool = False
    clock: Clock = field(default_factory=Clock)
    takes: float = 0
    """Seconds for a request, and for each reading."""
    breaks: Mapping[str, BaseException] = field(default_factory=dict)
    """What goes wrong in the second request (`commit`), and in reading its third firm (`state`)."""
    digests: Callable[[Sequence[str]], Sequence[FirmSummary]] = lambda _firms: ()
    """What it says of several firms at once: nothing, as portals do that lack this."""
    sent: list[Sequence[Conditional]] = field(default_factory=list)
    reads: int = 0

    def summaries(self, firms: Sequence[str]) -> Sequence[FirmSummary]:
        return self.digests(firms)

    def commit(self, commits: Sequence[Conditional]) -> list[Committed]:
        self.sent.append(commits)
        self.clock.sleep(self.takes)
        if "commit" in self.breaks and len(self.sent) == 2:
            raise self.breaks["commit"]
        if len(self.sent) in self.refused:
            raise CommitRefused("too large")
        if len(self.sent) in self.lost:
            raise LOST
        if len(self.sent) in self.busy:
            raise PortalBusy(BUSY)
        return [Committed(each.firm, each.generation, each.generation + 1, self.digest) for each in commits]

    def state(self, firm: str) -> FirmState:
        self.reads += 1
        self.clock.sleep(self.takes)
        if "state" in self.breaks and self.reads == MOST_AT_ONCE + 3:
            raise self.breaks["state"]
        if self.silent:
            raise BackendUnreachable("nobody answers")
        return FirmState(firm, ONE.generation + 1, self.digest, {}, (), 2, "")

    def history(self, _firm: str) -> list[HistoryEntry]:
        plan = self.sent[0][0].commit.plan
        return [HistoryEntry(ONE.generation + 1, "2026-12-01T09:00:00+00:00", Origin.PLAN, "t", plan, ())]


ONE = firm(1)


def applied(
    portal: Portal, firms: Sequence[FirmPlan], halted: Halted = lambda: "", watch: Watch = unwatched
) -> Receipt:
    made = replace(plan(ONE), options=vocabulary(), firms=HeldParts(firms))
    fake: Any = portal
    deadline = Deadline(10, portal.clock.now)
    fresh = FreshPlan(made, {each.id: not_yet(each) for each in firms})
    return apply_plan(fresh, fake, "tester", deadline, halted=halted, watch=watch)


def firms(number: int, **values: Any) -> list[FirmPlan]:
    return [replace(ONE, id=f"firm-{each:04}", **values) for each in range(number)]


def outcomes(receipt: Receipt) -> list[tuple[Outcome, int]]:
    runs = itertools.groupby(firm.outcome for firm in receipt.firms)
    return [(outcome, len([*run])) for outcome, run in runs]


def test_requests_are_no_larger_than_the_contract_allows() -> None:
    portal = Portal(ONE.digest_after)
    applied(portal, firms(50))
    assert [len(batch) for batch in portal.sent] == [MOST_AT_ONCE, MOST_AT_ONCE, 10]
    big = (change(edit=Edit("profile.logo", after="x" * 600_000)),)
    portal = Portal(ONE.digest_after)
    applied(portal, firms(7, changes=big))
    assert [len(batch) for batch in portal.sent] == [3, 3, 1]
    assert all(len(batch_of(commit.body for commit in batch)) <= LARGEST_BODY for batch in portal.sent)


def test_of_a_lost_answer_the_firms_are_read_back_and_the_others_sent() -> None:
    """Seen to fail: every firm was told as unknown, and no later request was sent."""
    portal = Portal(ONE.digest_after, lost=frozenset({2}))
    assert outcomes(applied(portal, firms(50))) == [(Outcome.COMMITTED, 50)]


def summaries(firms: Sequence[str], digest: str = "") -> list[FirmSummary]:
    return [FirmSummary(firm, ONE.generation + 1, digest or ONE.digest_after, managed=True) for firm in firms]


def test_the_firms_of_a_request_are_read_back_together() -> None:
    """And who is not as planned there, or not told of, is read alone."""
    asked: list[Sequence[str]] = []

    def of_most(firms: Sequence[str]) -> list[FirmSummary]:
        asked.append(firms)
        return [*summaries(firms[:1], "sha256:0"), *summaries(firms[1:-1])]

    portal = Portal(ONE.digest_after, digests=of_most)
    assert outcomes(applied(portal, firms(30))) == [(Outcome.COMMITTED, 30)]
    assert [len(firms) for firms in asked] == [20, 10]
    assert portal.reads == 4


def test_what_was_not_answered_is_read_alone() -> None:
    """By its history it was done; its own digest is the one that counts."""
    portal = Portal(ONE.digest_after, digests=summaries, lost=frozenset({1}))
    assert outcomes(applied(portal, firms(30))) == [(Outcome.COMMITTED, 30)]
    assert portal.reads == 20


@pytest.mark.parametrize(
    ("error", "expected", "reads"),
    [
        (BackendError("odd"), [(Outcome.COMMITTED, 30)], 30),
        (BackendUnreachable("nobody"), [(Outcome.UNKNOWN, 20), (Outcome.NOT_SENT, 10)], 0),
    ],
)
def test_what_cannot_be_read_together(
    error: Exception, expected: list[tuple[Outcome, int]], reads: int
) -> None:
    """An odd answer is no reason to believe less; where nobody answers, nobody is asked again."""

    def broken(_firms: Sequence[str]) -> Sequence[FirmSummary]:
        raise error

    portal = Portal(ONE.digest_after, digests=broken)
    assert outcomes(applied(portal, firms(30))) == expected
    assert portal.reads == reads


def test_a_request_that_is_not_taken_stops_no_other() -> None:
    portal = Portal(ONE.digest_after, refused=frozenset({1}))
    expected = [(Outcome.REFUSED, 20), (Outcome.COMMITTED, 10)]
    assert outcomes(applied(portal, firms(30))) == expected


@pytest.mark.parametrize("number", [30, 50])
def test_where_nobody_answers_any_more_nothing_else_is_sent_or_asked(number: int) -> None:
    portal = Portal(ONE.digest_after, silent=True)
    receipt = applied(portal, firms(number))
    assert outcomes(receipt) == [(Outcome.UNKNOWN, 20), (Outcome.NOT_SENT, number - 20)]
    assert (len(portal.sent), portal.reads) == (1, 1)
    assert "No further request was sent" in str(receipt.firms[-1].detail)


def test_a_portal_that_asks_to_come_back_later_is_sent_nothing_more() -> None:
    """What it did of that request is read back all the same: here, everything."""
    portal = Portal(ONE.digest_after, busy=frozenset({2}))
    receipt = applied(portal, firms(50))
    assert outcomes(receipt) == [(Outcome.COMMITTED, 40), (Outcome.NOT_SENT, 10)]
    assert len(portal.sent) == 2
    assert "is busy and asks to come back in an hour" in str(receipt.firms[-1].detail)
    assert exit_code(receipt) is ExitCode.PARTIAL


def test_a_portal_that_is_too_busy_to_be_read_is_asked_no_more_either() -> None:
    portal = Portal(ONE.digest_after, busy=frozenset({1}), silent=True)
    receipt = applied(portal, firms(30))
    assert outcomes(receipt) == [(Outcome.UNKNOWN, 20), (Outcome.NOT_SENT, 10)]
    assert (len(portal.sent), portal.reads) == (1, 1)
    assert exit_code(receipt) is ExitCode.UNKNOWN


def test_after_the_deadline_nothing_is_sent_and_what_was_under_way_is_read_back() -> None:
    """Three portals: one is through in time; one keeps the second request waiting beyond the ten minutes, but
    can be read; one takes seven seconds for each reading too, so that even that has an end.
    """
    quick = Portal(ONE.digest_after, takes=1)
    assert outcomes(applied(quick, firms(250))) == [(Outcome.COMMITTED, 250)]
    slow = Portal(ONE.digest_after, takes=3.5)
    receipt = applied(slow, firms(250))
    assert outcomes(receipt) == [(Outcome.COMMITTED, 180), (Outcome.NOT_SENT, 70)]
    assert str(receipt.firms[-1].detail).startswith("The apply had 10 minutes, and they are over.")
    slower = Portal(ONE.digest_after, takes=7)
    receipt = applied(slower, firms(250))
    assert [outcome for outcome, _ in outcomes(receipt)] == [
        Outcome.COMMITTED,
        Outcome.UNKNOWN,
        Outcome.NOT_SENT,
    ]
    assert slower.clock.now() <= 10 * 60 + GRACE + slower.takes
    assert exit_code(receipt) is ExitCode.UNKNOWN


@pytest.mark.parametrize(
    "error", [RuntimeError("a bug"), OSError(28, "full"), MemoryError(), KeyboardInterrupt()]
)
@pytest.mark.parametrize(("where", "read_back"), [("commit", 0), ("state", 2)])
def test_whatever_goes_wrong_after_the_first_request_there_is_a_receipt(
    error: BaseException, where: str, read_back: int
) -> None:
    """Seen to fail: the error went up alone, and of the firms that were written nobody heard."""
    portal = Portal(ONE.digest_after, breaks={where: error})
    with pytest.raises(BrokenOff) as broken:
        applied(portal, firms(50))
    assert broken.value.__cause__ is error
    expected = [
        (Outcome.COMMITTED, MOST_AT_ONCE + read_back),
        (Outcome.UNKNOWN, MOST_AT_ONCE - read_back),
        (Outcome.NOT_SENT, 10),
    ]
    assert outcomes(broken.value.receipt) == expected
    assert all(firm.detail for firm in broken.value.receipt.firms if not firm.outcome.is_done)


@pytest.mark.parametrize("error", [RuntimeError("a bug"), KeyboardInterrupt()])
def test_before_the_first_request_there_is_nothing_to_tell(error: BaseException) -> None:
    def broken() -> str:
        raise error

    with pytest.raises(type(error)):
        applied(Portal(ONE.digest_after), firms(3), halted=broken)


def test_who_interrupts_waits_for_the_running_request_alone() -> None:
    portal = Portal(ONE.digest_after)
    receipt = applied(portal, firms(50), halted=lambda: "enough" if portal.sent else "")
    assert outcomes(receipt) == [(Outcome.COMMITTED, MOST_AT_ONCE), (Outcome.NOT_SENT, 30)]
    assert {firm.detail for firm in receipt.firms[MOST_AT_ONCE:]} == {"enough"}


def test_a_progress_bar_that_breaks_leaves_a_receipt() -> None:
    def broken(items: Items[T], /) -> Iterator[T]:
        for number, item in enumerate(items):
            if number == MOST_AT_ONCE + 1:
                raise OSError(5, "gone")
            yield item

    with pytest.raises(BrokenOff) as off:
        applied(Portal(ONE.digest_after), firms(50), watch=broken)
    assert outcomes(off.value.receipt) == [(Outcome.COMMITTED, MOST_AT_ONCE), (Outcome.NOT_SENT, 30)]
    assert str(off.value.receipt.firms[-1].detail) == "The apply was broken off before."
