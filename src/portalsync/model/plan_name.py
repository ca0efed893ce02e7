"""What commits call the plan that makes them; a portal's history and audit trail tell it. Words with blanks
between them: the plan's digest and that of its review, and where its settings came from.
"""

import re
from dataclasses import dataclass

_COMMIT = "commit:"
_BACK_TO = "back-to:"
_NARROWED = "in-part"
_HASH = re.compile("[0-9a-f]{7,64}")
_LONGEST_HASH = 40
"""Digits of a commit's id: git knows it by fewer, and the name of a plan has an end."""
SHORT = 12
"""Digits by which people know a plan or a commit among others."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Where what a plan applied came from: a commit of the configuration, or an earlier generation."""

    commit: str = ""
    back_to: int = 0
    narrowed: bool = False
    """Whether it was about some settings of a firm, and left others as somebody had changed them."""

    def of(self, name: str) -> str:
        """The name of a plan, with this."""
        if self.back_to:
            return f"{name} {_BACK_TO}{self.back_to}"
        whole = f"{name} {_NARROWED}" if self.narrowed else name
        return f"{whole} {_COMMIT}{self.commit[:_LONGEST_HASH]}" if _HASH.fullmatch(self.commit) else whole


def short_digest(name: str) -> str:
    """Of the plan's digest as much as people read; nothing of a name that has none."""
    return name.partition(" ")[0].removeprefix("sha256:")[:SHORT]


def origins_in(name: str) -> Origins:
    """What a name says of it; nothing for one that says nothing."""
    words = name.split()
    commits = (word.removeprefix(_COMMIT) for word in words if word.startswith(_COMMIT))
    backs = (word.removeprefix(_BACK_TO) for word in words if word.startswith(_BACK_TO))
    commit = next(filter(_HASH.fullmatch, commits), "")
    back = next((each for each in backs if re.fullmatch("[1-9][0-9]{0,9}", each)), "0")
    return Origins(commit, int(back), narrowed=_NARROWED in words)
