"""The token's variable, and what a refusal in the middle of many commits leaves."""

import json
import traceback

import httpx2
import pytest

from portalsync.backend.access import Token, given_token
from portalsync.backend.http import HttpBackend
from portalsync.backend.retries import Patience
from portalsync.errors import AccessDenied, ExitCode, OutcomeUnknown, PortalsyncError
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.wire import MOST_IN_BATCH, Commit, Committed, Conditional, Origin, Problem

SECRET = "s3cret-0b1c2d"  # noqa: S105 - of no portal
COMMIT = Commit(Origin.PORTAL, "tester", "", {}, (Edit("chat.clients_can_start", after=True),), ())


@pytest.mark.parametrize("text", [f"{SECRET}\n", f"{SECRET}\r\n", f"\n{SECRET}", f" {SECRET}\t", SECRET])
def test_what_surrounds_a_token_is_left_out(text: str) -> None:
    assert given_token({"PORTALSYNC_TOKEN": text}) == Token(SECRET)


@pytest.mark.parametrize("variables", [{}, {"PORTALSYNC_TOKEN": ""}, {"PORTALSYNC_TOKEN": " \n"}])
def test_none_given(variables: dict[str, str]) -> None:
    assert given_token(variables) is None


@pytest.mark.parametrize(
    "sign", [" ", "\n", "\r\nX-Other: 1", "\t", "\0", "\x1b[31m", "\x7f", "ü", "\u2028", "\udcff"]
)
def test_what_is_no_token_is_refused_and_not_repeated(sign: str) -> None:
    """Not in the message either, nor in a traceback: it may be a token with a slip."""
    with pytest.raises(PortalsyncError) as caught:
        given_token({"PORTALSYNC_TOKEN": f"{SECRET}{sign}{SECRET}"})
    assert caught.value.exit_code is ExitCode.ERROR
    assert "PORTALSYNC_TOKEN holds no token" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + str(caught.value.diagnostic.hint)


def committing(*answers: httpx2.Response | None) -> list[Committed | Problem]:
    """Commits, one more than a batch may hold for each answer; None is what the contract says."""
    left = [*answers]

    def answer(request: httpx2.Request) -> httpx2.Response:
        given = left.pop(0)
        if given is not None:
            return given
        sent = json.loads(request.content)["commits"]
        done = [Committed(each["firm"], each["generation"], each["generation"] + 1, "d") for each in sent]
        return httpx2.Response(200, json={"results": [{"committed": encode(each)} for each in done]})

    commits = [Conditional(f"firm-{each:04}", 1, "k", COMMIT) for each in range(MOST_IN_BATCH * len(answers))]
    with HttpBackend("https://portal.example", httpx2.MockTransport(answer), Patience(2, 0.001)) as backend:
        return [*backend.commit(commits)]


@pytest.mark.parametrize("status", [401, 403])
def test_turned_away_in_the_middle(status: int) -> None:
    """A token that runs out between two requests: what was answered stands, the rest is refused.

    Seen to fail: all firms were told as unknown, also those that the portal had answered for.
    """
    answers = committing(None, httpx2.Response(status))
    assert [type(each) for each in answers] == [Committed] * MOST_IN_BATCH + [Problem] * MOST_IN_BATCH
    assert isinstance(answers[-1], Problem)
    assert f"({status})" in answers[-1].title


@pytest.mark.parametrize("status", [401, 403])
def test_turned_away_at_once(status: int) -> None:
    with pytest.raises(AccessDenied):
        committing(httpx2.Response(status), None)


def test_an_unknown_outcome_stays_one() -> None:
    """A later refusal does not say how the commit before it ended."""
    with pytest.raises(OutcomeUnknown):
        committing(httpx2.Response(500), httpx2.Response(401))
