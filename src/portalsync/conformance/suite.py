"""All checks on one portal; whatever happens, the firm gets back what it had."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from itertools import takewhile

from portalsync.backend.access import TURNED_AWAY, Wish, denied
from portalsync.conformance.check import Check
from portalsync.conformance.probe import Probe
from portalsync.conformance.put_back import Stood, put_back
from portalsync.conformance.reply import Asked, NotKept, Skipped
from portalsync.conformance.trial import Trial
from portalsync.connecting.faults import Fault
from portalsync.errors import BackendUnreachable, FirmUnknown
from portalsync.lexicon import Text, phrase
from portalsync.model.conformance import Conformance, Grade, Graded, PutBack
from portalsync.model.watch import Watch, unwatched


def begin(probe: Probe, firm: str = "", reader: str = "") -> Trial:
    """A trial of the firm, else of the first one that the portal shows. Errors: BackendUnreachable,
    AccessDenied, FirmUnknown.
    """
    _let_in(probe)
    trial = Trial(probe, firm or _first(probe), reader)
    if firm and trial.get(trial.of_firm("settings")).status == HTTPStatus.NOT_FOUND:
        raise FirmUnknown(
            phrase("errors.portal.firm-unknown.message", portal=probe.url),
            phrase("errors.portal.firm-unknown.hint"),
        )
    return trial


def _let_in(probe: Probe) -> None:
    reply = probe.ask(Asked("GET", "/v1/portal"))
    if not reply.status:
        fault = next((each for each in Fault if each.encode() == reply.body), Fault.BROKEN_OFF)
        raise BackendUnreachable(
            phrase("errors.portal.unreachable.message", portal=probe.url, reason=fault.reason), fault.hint
        )
    if reply.status in TURNED_AWAY:
        raise denied(probe.url, reply.status, Wish.READ, with_token=bool(probe.token))


def _first(probe: Probe) -> str:
    """The first firm of the list; none if there is no list, as a check will say."""
    with suppress(NotKept):
        return next((firm.id for firm in Trial(probe, "").some_firms()), "")
    return ""


def examine(
    trial: Trial,
    checks: Sequence[Check],
    unwritten: Text = "",
    *,
    watch: Watch = unwatched,
    halted: Callable[[], object] = bool,
) -> Conformance:
    """What the portal keeps of the contract. What it wrote, it has put back, or says what it could not.
    `unwritten` is a sentence, why nothing may be written: then checks that write are skipped for it. Once
    it is `halted` no further check is made.
    """
    graded: list[Graded] = []
    interrupted, ended = False, (PutBack.NOTHING, tuple[str, ...]())
    stood: Stood | Text = unwritten
    try:
        if not unwritten:
            stood = _stood(trial)
        going = takewhile(lambda _: not halted(), watch(checks))
        graded.extend(_graded(check, trial, stood) for check in going)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        if isinstance(stood, Stood):
            ended = put_back(trial, stood)
    is_whole = len(graded) == len(checks) and not interrupted
    return Conformance(trial.probe.url, trial.named, tuple(graded), *ended, not is_whole)


def _stood(trial: Trial) -> Stood | Text:
    """What the firm has before anything is written; else a sentence, why nothing is to be."""
    try:
        stood = Stood.of(trial)
        may_not = trial.post("/v1/commits", {}).status in TURNED_AWAY
    except (NotKept, Skipped):
        return phrase("conformance.skipped.unreadable")
    return phrase("conformance.skipped.may-not-write") if may_not else stood


def _graded(check: Check, trial: Trial, stood: Stood | Text) -> Graded:
    about = (check.code, check.weight, check.section, check.demand)
    if check.writes and not isinstance(stood, Stood):
        return Graded(*about, Grade.SKIPPED, reason=stood)
    try:
        check.run(trial)
    except Skipped as skipped:
        return Graded(*about, Grade.SKIPPED, reason=skipped.reason)
    except NotKept as seen:
        return Graded(*about, Grade.FAILED, seen.request, seen.expected, seen.came)
    return Graded(*about, Grade.PASSED)
