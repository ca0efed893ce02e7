"""`--keep`, `--restore` and `--unmanage`: which ways out of drift are taken."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from portalsync.backend.protocol import Reader
from portalsync.cli.acknowledged import acknowledgement_option
from portalsync.cli.language import spoken_lexicon
from portalsync.cli.loaded import read_config
from portalsync.cli.nearest import from_the_top
from portalsync.cli.options import at_option
from portalsync.cli.output import tell
from portalsync.cli.outputs import OUTPUT_FILE
from portalsync.cli.plans import plan_result
from portalsync.cli.portal import plan_of, tell_unused
from portalsync.cli.results import tell_result
from portalsync.cli.selection import setting_completion
from portalsync.cli.usage import WrongUse
from portalsync.config.selection import Selection
from portalsync.files import write_file, write_files
from portalsync.lexicon import counted, phrase
from portalsync.living.drift import Drift
from portalsync.living.ways_out import EVERYTHING, Asked, Way, Ways, edited_files
from portalsync.model.guardrails import Acknowledgement
from portalsync.model.plan import Plan
from portalsync.pipeline.load import own_file
from portalsync.planning.planfile import write_plan
from portalsync.views.unified import patch


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What is asked about drift. `out`, `at` and `acknowledged` are of the plan that restores, `patch` of the
    files that are edited.
    """

    asked: Asked
    patch: Path | None
    out: Path | None
    at: datetime
    acknowledged: Sequence[Acknowledgement]

    def check(self) -> None:
        """WrongUse where nobody says where the plan goes, or there is nothing to go anywhere."""
        if bool(self.asked.paths[Way.RESTORE]) != (self.out is not None):
            raise WrongUse(phrase("help.usage.restore-out.message"), phrase("help.usage.restore-out.hint"))
        if self.patch is not None and not self.edits_files:
            raise WrongUse(
                phrase("help.usage.patch-of-nothing.message"), phrase("help.usage.patch-of-nothing.hint")
            )

    @property
    def edits_files(self) -> bool:
        return bool(self.asked.paths[Way.KEEP] or self.asked.paths[Way.UNMANAGE])


def ways_out_options(command: Callable[..., int]) -> Callable[..., int]:
    """The command gets all of them as one `ways_out`."""

    @wraps(command)
    def taking(
        *,
        patch: Path | None,
        out: Path | None,
        at: datetime,
        acknowledged: Sequence[Acknowledgement],
        **others: Any,
    ) -> int:
        asked = Asked({way: others.pop(way.value) for way in Way})
        ways_out = WaysOut(asked, patch, out, at, acknowledged)
        ways_out.check()
        return command(ways_out=ways_out, **others)

    plan_options = _patch(_out(at_option(acknowledgement_option(taking))))
    return _way(Way.KEEP)(_way(Way.RESTORE)(_way(Way.UNMANAGE)(plan_options)))


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    everything = [CompletionItem(EVERYTHING)] if EVERYTHING.startswith(start) else []
    return [*everything, *setting_completion(context, parameter, start)]


def _way(way: Way) -> Callable[[Callable[..., int]], Callable[..., int]]:
    return click.option(
        f"--{way}",
        multiple=True,
        metavar="path",
        shell_complete=_complete,
        envvar=f"PORTALSYNC_DRIFT_{way.upper()}",
    )


_patch = click.option("--patch", type=OUTPUT_FILE, envvar="PORTALSYNC_DRIFT_PATCH")
_out = click.option("--out", type=OUTPUT_FILE, envvar="PORTALSYNC_DRIFT_OUT")


def restoring(ways_out: WaysOut, drift: Drift, root: Path, portal: Reader) -> Plan | None:
    """The plan that restores what is to be restored, and nothing else; saved and told. None if nothing is."""
    ways = ways_out.asked.chosen(drift)
    only = {
        firm: [edit.path for each in some for edit in each.edits] for firm, some in ways[Way.RESTORE].items()
    }
    if not only or ways_out.out is None:
        return None
    plan = plan_of(
        read_config(root, only),
        root,
        portal,
        drift.environment,
        ways_out.at,
        ways_out.acknowledged,
        Selection(tuple(only)),
        only,
    )
    tell_unused(plan, ways_out.acknowledged)
    write_file(ways_out.out, write_plan(plan))
    tell_result(plan_result(plan, spoken_lexicon()))
    tell(phrase("told.saved", file=str(ways_out.out)))
    if stays := _going_no_way(ways, drift, only):
        tell(counted("told.stays-drifted", stays))
    return plan


def _going_no_way(ways: Ways, drift: Drift, firms: Container[str]) -> int:
    """How many settings of these firms have drifted, and nobody says what is to become of them."""
    changed = sum(len(firm.changes) for firm in drift.firms if firm.id in firms)
    decided = (some for way in ways.values() for firm, some in way.items() if firm in firms)
    return changed - sum(len(piece.edits) for some in decided for piece in some)


def edit_files(ways_out: WaysOut, drift: Drift, root: Path, portal: Reader) -> None:
    """What is kept, and what is managed no more, said by the firms' own files; or as a patch of these."""
    chosen = ways_out.asked.chosen(drift)
    kept, unmanaged = chosen[Way.KEEP], chosen[Way.UNMANAGE]
    firms = [firm.id for firm in drift.firms if firm.id in {*kept, *unmanaged}]
    known = read_config(root, firms)
    edited: dict[Path, tuple[bytes, bytes]] = {}
    for firm in firms:
        own = own_file(known, firm, portal.facts(firm))
        files = edited_files(own, kept.get(firm, ()), unmanaged.get(firm, ()))
        edited |= {root / name: both for name, both in files.items()}
    _save(edited, ways_out.patch)


def _save(edited: Mapping[Path, tuple[bytes, bytes]], target: Path | None) -> None:
    """All files or none; or one file from which git makes them."""
    if target is not None:
        name = from_the_top()
        write_file(target, patch({name(file): both for file, both in edited.items()}))
        tell(phrase("told.saved", file=str(target)))
        return
    write_files({file: after for file, (_, after) in edited.items()})
    for file in edited:
        tell(phrase("told.edited", file=str(file)))
