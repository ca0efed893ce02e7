"""What somebody who edits files has before them: a page, the choices above it, problems, what changed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex

from portalsync.catalog.profile import NAME
from portalsync.diagnostics import Diagnostic
from portalsync.editing.chosen import Asked, Choice, Chosen, Side, choices, chosen, firm_choice, read_moment
from portalsync.editing.files import EditedFiles, EditedFirm, findings_of
from portalsync.editing.portal import Live, LivePortal, Since
from portalsync.errors import PortalsyncError
from portalsync.lexicon import Lexicon
from portalsync.model.canonical import digest
from portalsync.model.page import Composition, Situation, situation_of
from portalsync.portal.compose import compose


@dataclass(frozen=True, slots=True)
class Looked:
    """One look: `chosen` is None where there is no page to show, `situation` where the firm has none."""

    version: str
    firm: str = ""
    name: str = ""
    choices: Sequence[Choice] = ()
    chosen: Chosen | None = None
    page: str = ""
    """The digest of the page: equal for pages in which nothing differs."""
    is_behind: bool = False
    is_unknown: bool = False
    """Whether the portal's side is asked for, and nobody knows it."""
    here: Sequence[Diagnostic] = ()
    elsewhere: Sequence[Diagnostic] = ()


class Workbench:
    """Files, and the portal behind them. Threads may ask it."""

    def __init__(
        self, files: EditedFiles, portal: LivePortal, clock: Callable[[], datetime], lexicon: Lexicon
    ) -> None:
        self._files, self._portal, self._clock, self._lexicon = files, portal, clock, lexicon
        self._run = token_hex(4)

    @property
    def firms(self) -> Collection[str]:
        return self._files.firms()

    @property
    def version(self) -> str:
        """Another one whenever there may be something else to see, also after a new start."""
        return f"{self._run}.{self._files.turn}.{self._portal.turn}"

    def look(self, asked: Asked) -> Looked:
        version = self.version
        here, elsewhere = self._files.findings(asked.firm)
        seen = Looked(version, asked.firm, asked.firm, here=here, elsewhere=elsewhere)
        edited = self._files.firm(asked.firm)
        if edited is None:
            return replace(seen, choices=(firm_choice(asked.firm, self._files.firms()),))
        try:
            live = self._portal.live(asked.firm, edited)
        except PortalsyncError as error:
            choice = firm_choice(asked.firm, self._files.firms())
            return replace(seen, choices=(choice,), here=(*here, *findings_of(error)))
        return self._page(seen, asked, edited, live)

    def _page(self, seen: Looked, asked: Asked, edited: EditedFirm, live: Live) -> Looked:
        clients, now = edited.config.personas, self._clock()
        situation = _situation(asked.firm, edited, live, asked.side, now)
        it = chosen(asked, situation, clients)
        if it is None:
            return replace(seen, choices=(firm_choice(asked.firm, self._files.firms()),))
        return replace(
            seen,
            name=str(situation.settings[NAME] or asked.firm),
            choices=choices(it, self._files.firms(), clients, situation, self._lexicon),
            chosen=it,
            page=digest(_composed(it, situation, now).to_json()),
            is_behind=self._files.is_behind(asked.firm),
            is_unknown=asked.side is Side.PORTAL and live.state is None,
        )

    def composition(self, it: Asked) -> Composition | None:
        """The page of exactly that client, in that language; None if there is none."""
        edited = self._files.firm(it.firm) if it.firm in self._files.firms() else None
        client = edited.config.personas.get(it.client) if edited else None
        if edited is None or client is None:
            return None
        live, now = self._portal.live(it.firm, edited), self._clock()
        one = Chosen(it.firm, client, it.place, it.locale, read_moment(it.at), it.side)
        return _composed(one, _situation(it.firm, edited, live, it.side, now), now)

    def since(self, firm: str, at: datetime | None) -> Since:
        edited = self._files.whole(firm)
        if edited is None or self._files.is_behind(firm):
            return Since(is_behind=True)
        return self._portal.since(firm, edited, at or self._clock())


def _situation(firm: str, edited: EditedFirm, live: Live, side: Side, at: datetime) -> Situation:
    settings = live.settings if side is Side.PORTAL else edited.desired.in_force(live.settings)
    return situation_of(firm, settings, live.facts, at)


def _composed(it: Chosen, situation: Situation, now: datetime) -> Composition:
    return compose(replace(situation, at=it.at or now), it.client, it.place, it.locale)
