"""A portal that speaks the contract over HTTP."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from portalsync.addresses import service_problem
from portalsync.backend.access import TURNED_AWAY, Wish, denied, given_token
from portalsync.backend.answer import Answer, results_of
from portalsync.backend.exchange import Lost, answered
from portalsync.backend.http_reader import HttpReader
from portalsync.backend.protocol import Backend, Seed
from portalsync.commits import Committed, Conditional, Problem, batch_of
from portalsync.connecting.route import route_to
from portalsync.errors import (
    BackendError,
    CommitRefused,
    OutcomeUnknown,
    PortalBusy,
    PortalsyncError,
)
from portalsync.json_bodies import WireError
from portalsync.lexicon import Text, phrase
from portalsync.wire import LARGEST_BODY


def connect(settings: Mapping[str, str], root: Path, seed: Seed | None) -> Backend:
    """The entry point `http`: `settings["url"]` is the address. Such a portal is never filled by us.

    Its token comes from a variable and never from settings: these stand in files.
    """
    del seed
    url = checked_address(settings.get("url", ""))
    return HttpBackend(url, token=given_token(os.environ), route=route_to(url, settings, root))


def checked_address(url: str) -> str:
    """An address that a portal may be asked at."""
    if problem := service_problem(url):
        raise PortalsyncError(
            phrase(f"errors.address.{problem}.message"), phrase(f"errors.address.{problem}.hint")
        )
    return url


class HttpBackend(HttpReader):
    """Reads and writes a portal."""

    def commit(self, commits: Sequence[Conditional]) -> Sequence[Committed | Problem]:
        body = batch_of(commit.body for commit in commits)
        if len(body) > LARGEST_BODY:
            raise CommitRefused(
                phrase("errors.portal.commit-too-large.message", firm=commits[0].firm),
                phrase("errors.portal.commit-too-large.hint"),
            )
        try:
            answer = self._exchange.post("v1/commits", body)
        except Lost as error:
            raise self._lost(error) from error
        if answer.refusal is not None:
            raise self._refused(answer)
        try:
            return results_of(answer, commits)
        except WireError as error:
            raise self._unknown(answered(answer)) from error

    def _refused(self, answer: Answer) -> BackendError:
        if answer.status in TURNED_AWAY:
            return denied(self._exchange.portal, answer.status, Wish.APPLY, with_token=self._with_token)
        return CommitRefused(
            phrase("errors.portal.refused-whole", portal=self._exchange.portal, answer=answer.named),
            phrase("errors.portal.check-address"),
        )

    def _lost(self, error: Lost) -> OutcomeUnknown:
        if error.busy is not None:
            return PortalBusy(error.busy, phrase("errors.portal.busy.hint"))
        return self._unknown(error.why)

    def _unknown(self, why: Text) -> OutcomeUnknown:
        return OutcomeUnknown(
            phrase("errors.portal.outcome-unknown.message", portal=self._exchange.portal, why=why),
            phrase("errors.portal.outcome-unknown.hint"),
        )
