"""What portalsync asks of the place where pull requests live."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from portalsync.errors import PortalsyncError


class ForgeError(PortalsyncError):
    """The forge did not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment or an issue: its number, who wrote it, what it says."""

    number: int
    author: str
    body: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One that was merged: the commit that it became, its own last one, and who opened it."""

    number: int
    merged_as: str
    head: str
    author: str


class Decision(StrEnum):
    """What a review decides; a mere remark decides nothing."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Review:
    """What one person decided, on which commit, and when (`2026-12-01T08:00:00Z`)."""

    reviewer: str
    decision: Decision
    commit: str
    at: str
    is_bot: bool


class Forge(Protocol):
    """One repository there. Every method raises ForgeError."""

    def comments(self, pull: int) -> Iterable[Note]:
        """The comments of a pull request, oldest first."""

    def add_comment(self, pull: int, body: str) -> None: ...

    def edit_comment(self, comment: int, body: str) -> None: ...

    def pull_requests(self, commit: str) -> Sequence[PullRequest]:
        """The merged pull requests that brought a commit."""

    def reviews(self, pull: int) -> Iterable[Review]:
        """What was decided in a pull request, oldest first."""

    def may_write(self, person: str) -> bool:
        """Whether somebody may change the repository. Approvals of others are words."""

    def issues(self, label: str) -> Iterable[Note]:
        """Issues with a label, open and closed, oldest first."""

    def open_issue(self, title: str, body: str, label: str) -> None: ...

    def edit_issue(self, issue: int, body: str, *, is_open: bool) -> None: ...
