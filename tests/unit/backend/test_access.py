"""The token's variable, and being turned away with a commit."""

import json
import traceback

import httpx2
import pytest
from tests.clocks import hurried

from portalsync.backend.access import Token, given_token
from portalsync.backend.http import HttpBackend
from portalsync.commits import Commit, Conditional, Problem
from portalsync.errors import AccessDenied, ExitCode, OutcomeUnknown, PortalsyncError
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.wire import Origin

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


def committing(answer: httpx2.Response) -> None:
    commit = Conditional("firm-0000", 1, "k", COMMIT)
    portal = httpx2.MockTransport(lambda _request: answer)
    with HttpBackend("https://portal.example", portal, hurried()) as backend:
        backend.commit([commit])


@pytest.mark.parametrize(("status", "kind"), [(401, "unauthorized"), (403, "forbidden")])
def test_turned_away_by_the_portal_nothing_is_written(status: int, kind: str) -> None:
    body = json.dumps(encode(Problem(kind, "No.", status)))
    answer = httpx2.Response(status, content=body, headers={"content-type": "application/problem+json"})
    with pytest.raises(AccessDenied) as caught:
        committing(answer)
    assert "Nothing was written." in str(caught.value.diagnostic.hint)


@pytest.mark.parametrize("status", [401, 403])
def test_turned_away_by_something_else_the_outcome_is_unknown(status: int) -> None:
    """Seen to fail: a gateway's own 403 after the portal had committed was told as a refusal."""
    with pytest.raises(OutcomeUnknown):
        committing(httpx2.Response(status, html="<h1>Forbidden</h1>"))
