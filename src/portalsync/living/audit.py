"""The audit trails of a portal: written down, row by row, and verified over the contract, against anchors."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from portalsync.backend.protocol import Reader
from portalsync.errors import UnreadableInput
from portalsync.json_bodies import WireError, answer_of, parsed
from portalsync.lexicon import phrase
from portalsync.living.generations import entries_of
from portalsync.model.canonical import canonical, digest
from portalsync.model.codec import encode
from portalsync.model.trail import Row, flaws_against, flaws_in, seal_of
from portalsync.model.verification import Broken, Flaw, FlawAt, Verification
from portalsync.model.watch import Watch, unwatched
from portalsync.wire import AuditEntry, FirmSummary, HistoryEntry


@dataclass(frozen=True)
class Anchor:
    """Rows of trails that were kept where nobody who writes to the portal can write: by firm, those of each
    file by themselves.
    """

    rows: Mapping[str, Sequence[Sequence[Row]]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(len(some) for each in self.rows.values() for some in each)

    def and_of(self, content: bytes, name: str) -> "Anchor":
        """The same with the rows of one more file, JSON line by JSON line. UnreadableInput at a line that is
        no row, or whose hash is not its own.
        """
        firms: dict[str, list[Row]] = {}
        for number, line in enumerate(content.splitlines(), 1):
            if line.strip():
                row = _row(line, name, number)
                firms.setdefault(row["firm"], []).append(row)
        if not firms:
            raise _no_row(name, 1)
        return Anchor({firm: [*self.rows.get(firm, ()), *_own(firms, firm)] for firm in {*self.rows, *firms}})


def _own(firms: Mapping[str, Sequence[Row]], firm: str) -> Iterator[Sequence[Row]]:
    if firm in firms:
        yield firms[firm]


def _row(line: bytes, name: str, number: int) -> Row:
    try:
        row: Row = parsed(line)
        answer_of(AuditEntry, row)
    except WireError as error:
        raise _no_row(name, number) from error
    if row["hash"] != seal_of(row):
        raise _no_row(name, number)
    return row


def _no_row(name: str, number: int) -> UnreadableInput:
    return UnreadableInput(
        phrase("errors.anchor.message", file=name, line=number), phrase("errors.anchor.hint")
    )


def exported(portal: Reader, firms: Iterable[str], *, heads: bool = False) -> Iterator[bytes]:
    """Their trails as JSON lines, each row as the portal answers it; or only the last row of each."""
    for firm in firms:
        rows = portal.audit(firm)
        for row in deque(rows, maxlen=1) if heads else rows:
            yield canonical(row) + b"\n"


def verified_over_contract(
    portal: Reader, environment: str, anchor: Anchor, watch: Watch = unwatched
) -> Verification:
    """What can be told of a portal from outside: chains, their ends, what they say of the history."""
    live, broken, without = [*portal.firms()], list[Broken](), 0
    for firm in watch(live):
        rows = [*portal.audit(firm.id)]
        flaws = dict.fromkeys(_flaws(portal, firm, rows, anchor.rows.get(firm.id, ())))
        broken += [Broken(firm.id, each.generation, each.flaw) for each in flaws]
        without += not rows and not flaws
    gone = [Broken(firm, 0, Flaw.GONE) for firm in sorted(anchor.rows.keys() - {firm.id for firm in live})]
    identity, all_broken = portal.portal().portal, (*broken, *gone)
    return Verification(environment, identity, len(live), all_broken, without=without, kept=anchor.number)


def _flaws(
    portal: Reader, firm: FirmSummary, rows: Sequence[Row], kept: Sequence[Sequence[Row]]
) -> Iterator[FlawAt]:
    yield from flaws_in(rows)
    yield from _end(rows, firm)
    yield from _writes(rows, entries_of(portal, firm.id) if rows else ())
    yield from chain.from_iterable(flaws_against(rows, some) for some in kept)


def _end(rows: Sequence[Row], firm: FirmSummary) -> Iterator[FlawAt]:
    """A commit may have come since the firm was listed; a portal that keeps no trail has no end of one."""
    if not rows and not firm.audit:
        return
    head = next((row for row in rows if row["hash"] == firm.audit), None)
    if not rows or (rows[-1] if head is None else head)["generation"] < firm.generation:
        yield FlawAt(0, Flaw.END)
    elif head is None:
        yield FlawAt(firm.generation, Flaw.HEAD)


def _writes(rows: Sequence[Row], history: Iterable[HistoryEntry]) -> Iterator[FlawAt]:
    due = {row["generation"]: row["writes"] for row in rows}
    for entry in history:
        writes = digest([encode(write) for write in entry.writes])
        if due.get(entry.generation, writes) != writes:
            yield FlawAt(entry.generation, Flaw.WRITES)
