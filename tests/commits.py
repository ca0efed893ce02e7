"""Commits as a plan makes them."""

from dataclasses import replace

from portalsync.catalog.vocabulary import vocabulary
from portalsync.commits import Commit


def agreed(commit: Commit) -> Commit:
    """The same, with the digest of each option that it touches."""
    known = {key: digest for key, digest in vocabulary().items() if key in commit.touched}
    return replace(commit, options=known)
