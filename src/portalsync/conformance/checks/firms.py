"""The list of firms."""

from itertools import islice
from typing import Any
from urllib.parse import quote

from portalsync.conformance.check import Check
from portalsync.conformance.trial import MOST_PAGES, NOBODY, Trial
from portalsync.json_bodies import answer_of
from portalsync.lexicon import phrase
from portalsync.model.codec import encode
from portalsync.model.json_value import JSONObject
from portalsync.wire import MOST_IN_PAGE, MOST_TOGETHER, Digests, FirmsPage, FirmState, FirmSummary, States

SMALL_PAGES = 5
"""So many pages with one firm each are turned."""


def firms_sorted(trial: Trial) -> None:
    last = ""
    for reply, page in trial.firms():
        ids = [firm.id for firm in page.firms]
        if ids != sorted(set(ids)) or (ids and ids[0] <= last):
            reply.deviates(phrase("conformance.expected.sorted"))
        last = ids[-1] if ids else last


def firms_paged(trial: Trial) -> None:
    """The list ends, and `next` is the last id of a page that another one follows."""
    for number, (reply, page) in enumerate(trial.firms(), start=1):
        if len(page.firms) > MOST_IN_PAGE:
            reply.deviates(phrase("conformance.expected.at-most", most=MOST_IN_PAGE))
        if page.next is not None:
            reply.expect_value("next", page.firms[-1].id if page.firms else None, page.next)
        if number == MOST_PAGES:
            reply.deviates(phrase("conformance.expected.an-end"))


def firms_in_small_pages(trial: Trial) -> None:
    """With `limit=1`, page by page, the same firms come as without."""
    whole = [firm.id for firm in trial.some_firms()][:SMALL_PAGES]
    pages = [*islice(trial.firms(limit=1), len(whole))]
    for (reply, page), firm in zip(pages, whole, strict=False):
        reply.expect_value("firms", [firm], [each.id for each in page.firms])
    if len(pages) < len(whole):
        pages[-1][0].deviates(phrase("conformance.expected.next", firm=whole[len(pages) - 1]))


def firms_beyond_the_last(trial: Trial) -> None:
    reply = trial.get("/v1/firms?after=~~~~")
    page = reply.read(FirmsPage)
    reply.expect_value("firms", [], [firm.id for firm in page.firms])
    reply.expect_value("next", None, page.next)


def limit_refused(trial: Trial) -> None:
    for limit in ("0", "-1", "x", "1.5", "99999999999", ""):
        trial.get(f"/v1/firms?limit={limit}").problem(400, "malformed")


def firm_listed(trial: Trial) -> None:
    """The list says of a firm what the firm says of itself."""
    state = trial.state()
    for reply, page in trial.firms():
        for firm in page.firms:
            if firm.id == trial.firm:
                reply.expect_value(firm.id, encode(_summary(state)), encode(firm))
                return
    trial.get("/v1/firms").deviates(phrase("conformance.expected.listed", firm=trial.firm))


def digests_together(trial: Trial) -> None:
    """What each firm says of itself; nothing of one that is not there."""
    state = trial.state()
    reply = trial.optional(f"/v1/digests?firms={quote(trial.firm, safe='')},{NOBODY}")
    told = [encode(each) for each in reply.read(Digests).firms]
    reply.expect_value("firms", [encode(_summary(state))], told)


def digests_of_too_many(trial: Trial) -> None:
    _too_many(trial, "/v1/digests")


def states_together(trial: Trial) -> None:
    """What each firm says of itself, and its facts; nothing of one that is not there."""
    whole = {**encode(trial.state()), "facts": trial.get(trial.of_firm("facts")).expect(200).json()}
    reply = trial.optional(f"/v1/states?firms={quote(trial.firm, safe='')},{NOBODY}")
    reply.expect_value("firms", [whole], reply.believed(_whole))


def _whole(body: Any) -> list[JSONObject]:
    firms = answer_of(States, body).firms
    return [{**encode(answer_of(FirmState, each)), "facts": each.get("facts")} for each in firms]


def states_of_too_many(trial: Trial) -> None:
    _too_many(trial, "/v1/states")


def _too_many(trial: Trial, path: str) -> None:
    """One firm more than a question takes, and none."""
    trial.optional(f"{path}?firms={NOBODY}")
    for firms in (",".join([NOBODY] * (MOST_TOGETHER + 1)), ""):
        trial.get(f"{path}?firms={firms}").problem(400, "malformed")


def unknown_firm(trial: Trial) -> None:
    """In the same words, whatever is asked about it."""
    answers = {}
    for part in ("settings", "facts"):
        for firm in (NOBODY, "%27 or 1=1 --", "x" * 200):
            reply = trial.get(trial.of_firm(part, firm))
            reply.problem(404, "firm-unknown")
            answers[reply.body] = reply
    if len(answers) > 1:
        [*answers.values()][-1].deviates(phrase("conformance.expected.same-words"))


def _summary(state: FirmState) -> FirmSummary:
    return FirmSummary(state.id, state.generation, state.digest, bool(state.managed), state.audit)


CHECKS = (
    Check(firms_sorted, "Reading"),
    Check(firms_paged, "Reading"),
    Check(firms_in_small_pages, "Reading"),
    Check(firms_beyond_the_last, "Reading"),
    Check(limit_refused, "Problems"),
    Check(firm_listed, "Reading"),
    Check(digests_together, "Reading"),
    Check(digests_of_too_many, "Problems"),
    Check(states_together, "Reading"),
    Check(states_of_too_many, "Problems"),
    Check(unknown_firm, "Tokens"),
)
