"""What portalsync asks of the place where pull requests live."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    number: int
    merged_as: str


class Forge(Protocol):
    """One repository there. Every method raises ForgeError."""

    def comments(self, pull: int) -> Iterable[Note]:
        """The comments of a pull request, oldest first."""

    def add_comment(self, pull: int, body: str) -> None: ...

    def edit_comment(self, comment: int, body: str) -> None: ...

    def pull_requests(self, commit: str) -> Sequence[PullRequest]:
        """The merged pull requests that brought a commit."""

    def issues(self, label: str) -> Iterable[Note]:
        """Issues with a label, open and closed, oldest first."""

    def open_issue(self, title: str, body: str, label: str) -> None: ...

    def edit_issue(self, issue: int, body: str, *, is_open: bool) -> None: ...
