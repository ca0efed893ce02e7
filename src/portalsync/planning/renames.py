"""Which entries of lists have another id in the files than on the portal, and where that cannot be."""

from collections.abc import Iterator

from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import phrase
from portalsync.model.claims import Claims
from portalsync.model.desired import Desired, firm_layer
from portalsync.model.firm_plan import Rename
from portalsync.model.settings import Settings, parents
from portalsync.suggest import did_you_mean
from portalsync.wire import FirmState


def renames(desired: Desired, live: Settings) -> tuple[Rename, ...]:
    """What the files say of entries that the portal has under their earlier id alone: once that was applied,
    it says nothing any more.
    """
    there = entries_of(live)
    said = (Rename(desired.former(entry), entry) for entry in desired.previously)
    return tuple(rename for rename in said if rename.was in there and rename.now not in there)


def unknown_entries(desired: Desired, live: FirmState) -> Iterator[Diagnostic]:
    """An earlier id that the portal does not have, in a list that loses another entry: that one may be meant,
    and would be lost. Where nothing goes, it is a portal that never had the entry, or has it no longer. So it
    is where firms share the file, of which not all had it, unless an entry that goes is spelt alike.
    """
    there, managed = entries_of(live.settings), Claims.of(live.managed)
    kept = {*entries_of(desired.settings()), *(rename.was for rename in renames(desired, live.settings))}
    for entry, statement in desired.previously.items():
        list_path, former, id_ = entry.rpartition(".")[0], desired.former(entry), str(statement.value)
        lost = [each for each in there - kept if each.rpartition(".")[0] == list_path]
        if lost and not {entry, former} & there and f"{list_path}.*" in managed.paths:
            known = sorted(each.rpartition(".")[2] for each in lost)
            near = did_you_mean(id_, known)
            if near or statement.layer == firm_layer(desired.firm):
                yield Diagnostic(
                    "previously-unknown",
                    phrase("findings.previously-unknown.message", id=id_),
                    statement.position,
                    hint=near or phrase("findings.previously-unknown.hint", ids=", ".join(known)),
                )


def entries_of(settings: Settings) -> set[str]:
    """Whatever a setting is below: entries of lists are among it."""
    return {parent for path in settings for parent in parents(path)}
