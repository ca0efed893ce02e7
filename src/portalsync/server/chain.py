"""The audit trail: one chain of hashes per firm, each row sealed with the one before it.

A row's hash is the digest of the row itself (without the hash) as canonical JSON. `previous` of the
first row is empty. Rows from before there were guardrails have no `acknowledged`, and keep the hash that
they have. Whoever has the answer of `GET /v1/firms/{firm}/audit` can check it alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from portalsync.wire import AuditEntry


def next_entry(
    last: Mapping[str, Any], generation: Mapping[str, Any], writes: str, acknowledged: Iterable[str] = ()
) -> AuditEntry:
    """The row for a generation, to be written in the same transaction; `last` has `seq` and hash (`audit`) of
    the one before it, 0 and empty if there is none. `writes` is the digest of what it wrote.
    """
    entry = AuditEntry(
        **{name: generation[name] for name in ("firm", "at", "actor", "origin", "generation", "plan")},
        seq=last["seq"] + 1,
        writes=writes,
        acknowledged=tuple(acknowledged),
        previous=last["audit"],
        hash="",
    )
    return replace(entry, hash=entry.seal)
