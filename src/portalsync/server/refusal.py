"""Why the portal does not do what it was asked: one exception that carries the problem to answer."""

from portalsync.commits import Problem
from portalsync.model.edit import ABSENT, Absent


class Refused(Exception):
    """Raised anywhere below the app; nothing has been written when it arrives there."""

    def __init__(self, kind: str, status: int, title: str, detail: str | Absent = ABSENT) -> None:
        super().__init__(f"{kind}: {title}")
        self.problem = Problem(kind, title, status, detail)


def firm_unknown() -> Refused:
    """The same words for every firm that is not there, whatever the reason."""
    return Refused("firm-unknown", 404, "There is no such firm.")
