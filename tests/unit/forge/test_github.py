"""What is asked of GitHub, over HTTP, and what is done with its answers."""

from collections.abc import Callable, Iterator

import pytest
from tests.workflows.fake_github import BOT, REPOSITORY, TOKEN, FakeGitHub, serving

from portalsync.forge.github import GitHub
from portalsync.forge.protocol import ForgeError
from portalsync.forge.sticky import Posted, Sticky

COMMIT = "a1" * 20
MARK = "<!-- ours -->"


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with serving() as github:
        yield github


@pytest.fixture
def github(server: FakeGitHub) -> Iterator[GitHub]:
    with GitHub(server.api, REPOSITORY, TOKEN, wait=0.001) as client:
        yield client


@pytest.fixture
def sticky(github: GitHub) -> Sticky:
    return Sticky(github, BOT, lambda body: body.startswith(MARK))


def plainly(text: str) -> Callable[[str], str]:
    """The comment with our mark, whatever it said before."""
    return lambda _before: f"{MARK}\n{text}"


def test_one_comment_however_often(server: FakeGitHub, sticky: Sticky) -> None:
    """Written once, then edited in place, and left alone where nothing is new."""
    said = [sticky.comment(7, plainly(text), needed=True) for text in ("one", "two", "two")]
    assert said == [Posted.WRITTEN, Posted.EDITED, Posted.LEFT]
    assert [comment["body"] for comment in server.comments[7]] == [f"{MARK}\ntwo"]


def test_no_comment_where_none_is_needed(server: FakeGitHub, sticky: Sticky) -> None:
    assert sticky.comment(7, plainly("nothing"), needed=False) is Posted.NEEDLESS
    assert server.comments == {}
    sticky.comment(7, plainly("something"), needed=True)
    assert sticky.comment(7, plainly("nothing"), needed=False) is Posted.EDITED
    assert [comment["body"] for comment in server.comments[7]] == [f"{MARK}\nnothing"]


def test_ours_is_found_behind_many(server: FakeGitHub, sticky: Sticky) -> None:
    """On a later page too; and GitHub's line ends are no difference."""
    for index in range(250):
        server.comment(7, f"chatter {index}", "partner")
    server.comment(7, f"{MARK}\r\nsame")
    assert sticky.comment(7, plainly("same"), needed=True) is Posted.LEFT


def test_a_copied_mark_is_not_ours(server: FakeGitHub, sticky: Sticky) -> None:
    """Anybody can write our mark; a comment of somebody else is neither edited nor believed."""
    server.comment(7, f"{MARK}\nforged", "mallory")
    assert sticky.comment(7, plainly("ours"), needed=True) is Posted.WRITTEN
    assert server.comments[7][0]["body"] == f"{MARK}\nforged"


def test_one_issue_opened_closed_and_opened_again(server: FakeGitHub, sticky: Sticky) -> None:
    def keep(text: str, *, needed: bool) -> tuple[Posted, str]:
        done = sticky.issue("portal-drift", "Drift", f"{MARK}\n{text}", needed=needed)
        return done, server.issues[0]["state"] if server.issues else ""

    assert keep("none", needed=False) == (Posted.NEEDLESS, "")
    assert keep("drift", needed=True) == (Posted.WRITTEN, "open")
    assert keep("drift", needed=True) == (Posted.LEFT, "open")
    assert keep("none", needed=False) == (Posted.EDITED, "closed")
    assert keep("drift", needed=True) == (Posted.EDITED, "open")
    assert len(server.issues) == 1


def test_merged_pull_requests_alone(server: FakeGitHub, github: GitHub) -> None:
    server.merged(COMMIT, 7)
    server.pulls[COMMIT].append({"number": 8, "merged_at": None, "merge_commit_sha": COMMIT})
    assert [pull.number for pull in github.pull_requests(COMMIT)] == [7]


def test_reading_is_patient(server: FakeGitHub, github: GitHub) -> None:
    server.comment(7, "there")
    server.answers[:] = [502, 503]
    assert [note.body for note in github.comments(7)] == ["there"]
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 422, 502])
def test_writing_is_tried_once(status: int, server: FakeGitHub, github: GitHub) -> None:
    """What a failed try did is not known, so it is not repeated; GitHub's own words stay out of the log."""
    server.answers[:] = [status]
    with pytest.raises(ForgeError) as failed:
        github.add_comment(7, "text")
    assert str(status) in str(failed.value)
    assert "<b>" not in f"{failed.value.diagnostic.message}{failed.value.diagnostic.hint}"
    assert len(server.requests) == 1


def test_a_redirect_does_not_get_the_token(server: FakeGitHub, github: GitHub) -> None:
    server.answers[:] = [301]
    with pytest.raises(ForgeError, match="301"):
        [*github.comments(7)]
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "api",
    [
        "http://api.github.com",
        "https://user@api.github.com",
        "ftp://localhost",
        "https://api.github.com?x=1",
        "//api.github.com",
        "https://[",
        "",
    ],
)
def test_the_token_goes_nowhere_unsafe(api: str) -> None:
    with pytest.raises(ForgeError, match="not https"):
        GitHub(api, REPOSITORY, TOKEN)


@pytest.mark.parametrize("name", ["", "one", "a/b/c", "../x", "a/b?x", "a b/c", "a/b\n"])
def test_a_repository_is_owner_and_name(name: str) -> None:
    with pytest.raises(ForgeError, match="OWNER/NAME"):
        GitHub("https://api.github.com", name, TOKEN)


@pytest.mark.parametrize("token", ["", "  ", "a\r\nX: y", "\u00e9"])
def test_a_token_is_one_word(token: str) -> None:
    with pytest.raises(ForgeError, match="no GitHub token"):
        GitHub("https://api.github.com", REPOSITORY, token)


@pytest.mark.parametrize("commit", ["main", "a1" * 19, "../" + "a" * 37, "A1" * 20])
def test_a_commit_is_a_full_sha(commit: str, github: GitHub) -> None:
    with pytest.raises(ForgeError, match="full SHA"):
        github.pull_requests(commit)


def test_nobody_answers() -> None:
    with GitHub("http://127.0.0.1:9", REPOSITORY, TOKEN, wait=0.001) as github:
        with pytest.raises(ForgeError, match="cannot be reached"):
            [*github.comments(7)]
        with pytest.raises(ForgeError, match="cannot be reached"):
            github.add_comment(7, "text")
