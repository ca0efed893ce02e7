"""What the portal has of the firms that somebody looks at, and what a plan would change; it only reads."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

from portalsync.backend.connect import connected_to_read
from portalsync.backend.protocol import Reader
from portalsync.config.selection import Selection
from portalsync.diagnostics import Diagnostic
from portalsync.editing.files import EditedFirm, findings_of
from portalsync.errors import PortalsyncError
from portalsync.living.on_portal import last_applied
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON
from portalsync.model.plan import Plan
from portalsync.pipeline.load import facts_missing, seed_of
from portalsync.pipeline.run import make_plan
from portalsync.pipeline.surveyed import Survey
from portalsync.wire import FirmState, HistoryEntry

EnvironmentOf = Callable[[Mapping[str, Any]], tuple[str, Mapping[str, str]]]
"""What portalsync.yaml says -> the environment that is looked at: its name and its settings."""


PATIENCE = 1.0
"""Seconds that the first page of a firm waits for the portal; what it says later comes by itself."""


@dataclass(frozen=True, slots=True)
class Live:
    """A firm as the portal has it; where nobody knows, `state` is None and `facts` are the files' copy."""

    facts: Facts
    state: FirmState | None = None

    @property
    def settings(self) -> Mapping[str, JSON]:
        return self.state.settings if self.state else {}


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the last apply: the plan for one firm, or why there is none; `is_behind` where the
    files have to be right before.
    """

    plan: Plan | None = None
    applied: HistoryEntry | None = None
    why: tuple[Diagnostic, ...] = ()
    is_behind: bool = False


class LivePortal:
    """Asked when a firm is looked at for the first time, and when somebody asks what changed. What it said
    last is kept in between: a page does not wait for it, and the first one not long.
    """

    def __init__(self, root: Path, environment_of: EnvironmentOf, *, offline: bool) -> None:
        self._root, self._environment_of, self._offline = root, environment_of, offline
        self._last: dict[str, Live] = {}
        self._asked: set[str] = set()
        self._shown: set[str] = set()
        self.turn = 0
        """Another number whenever the portal said something else than before."""

    def live(self, firm: str, edited: EditedFirm) -> Live:
        """InvalidConfig if neither the portal, as far as it answers at once, nor the files have facts of the
        firm.
        """
        if not self._offline and firm not in self._asked:
            self._asked.add(firm)
            asking = Thread(target=self._ask, args=(firm, edited), daemon=True)
            asking.start()
            asking.join(PATIENCE)
        self._shown.add(firm)
        if firm in self._last:
            return self._last[firm]
        if firm not in edited.config.facts:
            raise facts_missing(edited.known, firm)
        return Live(edited.config.facts[firm])

    def since(self, firm: str, edited: EditedFirm, at: datetime) -> Since:
        """The portal is asked anew."""
        if self._offline:
            return Since()
        try:
            with self._reader(edited.known) as (name, portal):
                self._keep(firm, Live(portal.facts(firm), portal.state(firm)))
                plan = make_plan(edited.known, portal, name, at, selection=Selection((firm,)))
                return Since(plan, last_applied(portal.history(firm)))
        except PortalsyncError as error:
            return Since(why=tuple(findings_of(error)))

    def _ask(self, firm: str, edited: EditedFirm) -> None:
        with suppress(PortalsyncError), self._reader(edited.known) as (_, portal):  # `since` says why
            self._keep(firm, Live(portal.facts(firm), portal.state(firm)))

    def _keep(self, firm: str, live: Live) -> None:
        if self._last.get(firm) != live:
            self._last[firm] = live
            self.turn += firm in self._shown

    @contextmanager
    def _reader(self, known: Survey) -> Iterator[tuple[str, Reader]]:
        name, settings = self._environment_of(known.network)
        seed = seed_of(known)
        with connected_to_read(settings["backend"], settings, self._root, seed) as portal:
            yield name, portal
