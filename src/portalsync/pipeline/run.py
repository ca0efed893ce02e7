"""The run over all firms, and the plan that comes of it."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from portalsync.backend.protocol import Reader
from portalsync.config.selection import EVERYONE, Selection
from portalsync.diagnostics import NOWHERE, Diagnostic
from portalsync.errors import (
    AccessDenied,
    BackendError,
    BackendUnreachable,
    Blocked,
    FirmUnknown,
    InvalidConfig,
)
from portalsync.lexicon import counted, phrase
from portalsync.living.vanished import find_vanished, still_needed
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.json_value import JSONObject
from portalsync.model.plan import Plan
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.gathering import gathered, of_use
from portalsync.pipeline.plan import FirmResult, plan_firms, portal_json, released, result_of
from portalsync.pipeline.read import Now, read_now, read_together, with_hand_edits
from portalsync.pipeline.samples import check_samples
from portalsync.pipeline.surveyed import Survey
from portalsync.pipeline.unknown_firms import hint_of, message_of, unknown_there
from portalsync.planning.guardrails import guarded
from portalsync.wire import FirmSummary

NOTHING_LESS: Mapping[str, Collection[str]] = MappingProxyType({})
"""All that the files want of each firm."""

_CHUNK = 10
"""Firms that are sent to be planned at once."""
MOST_LOOKED_AT = 200
"""Firms of which a plan looks whether the portal still has what they need; drift looks at all."""


def make_plan(  # noqa: PLR0913 - what a plan is made of
    known: Survey,
    portal: Reader,
    environment: str,
    at: datetime,
    commit: str = "",
    *,
    acknowledged: Sequence[Acknowledgement] = (),
    selection: Selection = EVERYONE,
    only: Mapping[str, Collection[str]] = NOTHING_LESS,
    watch: Watch = unwatched,
) -> Plan:
    """Desired x live -> plan. It only reads. What is wrong with a firm stops that firm alone: it stands in
    the plan in place of a part.

    Firms that are not selected stay as they are, here and there; the guardrails hold what changes against the
    number of all firms. What a guardrail objects to stands in the plan, with the acknowledgement that
    accepts it. Of the firms in `only` it changes these settings alone, all of them managed.
    """
    info = portal.portal()
    live = {summary.id: summary for summary in portal.firms()}
    everyone = _memberships(known, live)
    chosen = known.chosen(selection, everyone)
    check_samples(known, environment, chosen)
    _check_firms(known, live, chosen)
    results = _Planning(known, portal, live, at, only).results(watch(sorted(chosen)))
    found = gathered(of_use(results), info)
    seen = find_vanished(portal, _looked_at(known, live, chosen), each=False)
    plan = replace(
        found.plan(environment, known.digest, commit, at),
        unmanaged=tuple(firm for firm in live if firm not in everyone) if selection.is_everyone else (),
        left_out=len(everyone) - len(chosen),
        vanished=still_needed(seen, found.parts),
    )
    return guarded(plan, known.limits, acknowledged)


@dataclass(frozen=True)
class _Planning:
    """All that the work on firms of one plan needs. What it reads is read here, a few firms ahead; the work
    is done wherever the workers are.
    """

    known: Survey
    portal: Reader
    live: Mapping[str, FirmSummary]
    at: datetime
    only: Mapping[str, Collection[str]]
    _waiting: deque[str] = field(default_factory=deque)
    _sent: deque[str] = field(default_factory=deque)
    """Firms of which no result was given yet, and those among them that somebody works on: in their order."""
    _ended: dict[str, FirmResult] = field(default_factory=dict)
    """Of firms that nobody has to work on, where there is more to say than that."""

    def results(self, firms: Iterable[str]) -> Iterator[FirmResult]:
        """Of each firm, in order."""
        asked: JSONObject = {"at": self.at.isoformat(), "tags": [*sorted(self.known.tags)]}
        bodies: dict[str, bytes] = {}
        for body in self.known.stream.results(plan_firms, asked, self._to_plan(firms), _CHUNK):
            yield from self._ready()
            self._sent.popleft()
            yield result_of(self._waiting.popleft(), body, bodies)
        yield from self._ready()

    def _ready(self) -> Iterator[FirmResult]:
        while self._waiting and not (self._sent and self._sent[0] == self._waiting[0]):
            firm = self._waiting.popleft()
            yield self._ended.pop(firm) if firm in self._ended else FirmResult(firm)

    def _to_plan(self, firms: Iterable[str]) -> Iterator[JSONObject]:
        """What was read of the firms that somebody has to work on."""
        for some in self._portions(firms):
            read = read_together(self.portal, [firm for firm in some if self._differs(firm)])
            for firm in some:
                body = self._body(firm, read.get(firm)) if self._differs(firm) else self._unread(firm)
                self._waiting.append(firm)
                if isinstance(body, FirmResult):
                    self._ended[firm] = body
                elif body is not None:
                    self._sent.append(firm)
                    yield body

    def _portions(self, firms: Iterable[str]) -> Iterator[list[str]]:
        """All firms; in each portion but the last as many that differ as are read at once."""
        some, differing = list[str](), 0
        for firm in firms:
            some.append(firm)
            differing += self._differs(firm)
            if differing == _CHUNK:
                yield some
                some, differing = [], 0
        yield some

    def _differs(self, firm: str) -> bool:
        """Nothing is read where the firm has what its files say, or the portal does not know it."""
        live, own = self.live.get(firm), self.known.firms.get(firm)
        return live is not None and (own is None or live.digest != own.digest)

    def _unread(self, firm: str) -> FirmResult | None:
        if firm in self.live:
            return None
        return FirmResult(firm, findings=[unknown_there(self.known, self.live, firm)])

    def _body(self, firm: str, now: Now | None) -> FirmResult | JSONObject:
        try:
            now = now or read_now(self.portal, firm)
            if firm not in self.known.firms:
                return released(firm, *now)
            only: JSONObject = {"only": [*self.only[firm]]} if firm in self.only else {}
            return {**self.known.body(firm), **portal_json(with_hand_edits(self.portal, now)), **only}
        except (BackendUnreachable, AccessDenied):  # so it will be for every other firm
            raise
        except BackendError as error:
            return self._not_read(firm, error)

    def _not_read(self, firm: str, error: BackendError) -> FirmResult:
        """A firm about which the portal answers what nobody can use, told at the id in its file, if there
        still is one.
        """
        why = error.diagnostic
        named = firm in self.known.firms
        position = self.known.document(firm).parsed.key_position(("id",)) if named else NOWHERE
        finding = Diagnostic("firm-not-read", why.message, position, hint=why.hint)
        return FirmResult(firm, findings=[finding], unread=error)


def _looked_at(known: Survey, live: Mapping[str, FirmSummary], chosen: Collection[str]) -> list[str]:
    """Managed firms whose files go on, those that differ first: they are read anyway."""
    managed = [firm for firm in known.firms if firm in chosen and firm in live and live[firm].managed]
    managed.sort(key=lambda firm: live[firm].digest == known.firms[firm].digest)
    return managed[:MOST_LOOKED_AT]


def _memberships(known: Survey, live: Mapping[str, FirmSummary]) -> Mapping[str, Collection[str]]:
    """Every firm that the files name or portalsync manages, with its groups."""
    managed = {firm: () for firm, summary in live.items() if summary.managed}
    return {**managed, **known.memberships}


def _check_firms(known: Survey, live: Mapping[str, FirmSummary], chosen: Collection[str]) -> None:
    named = [firm for firm in known.firms if firm in chosen]
    missing = sorted(firm for firm in named if firm not in live)
    if missing and len(missing) == len(named):  # it is another portal
        found = [unknown_there(known, live, firm) for firm in missing]
        if any(each.code != "firm-unknown" for each in found):
            raise InvalidConfig(found)
        raise FirmUnknown(message_of(missing), hint_of(known, live, missing[0]))
    managed = [firm for firm, summary in live.items() if summary.managed]
    if managed and not known.firms:
        raise Blocked(
            counted("findings.all-released.message", len(managed)),
            phrase("findings.all-released.hint"),
        )
