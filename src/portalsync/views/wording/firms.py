"""Which firms, and when on their clocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from portalsync.catalog.profile import NAME
from portalsync.lexicon import Foreign, Text, how_many, phrase
from portalsync.model.edit import ABSENT
from portalsync.model.effect import Happening
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.news import NewsFirm, there
from portalsync.moments import common_zone, moment
from portalsync.views.wording.names import SHOWN_FIRMS, all_names, first_names

_FEW_OTHERS = 4


def named(part: FirmPlan) -> NewsFirm:
    """With the id where the name itself changes, for a firm may not pass for another."""
    firm = NewsFirm.of(part)
    renamed = any(edit.path == NAME.path and edit.before is not ABSENT for edit in part.edits)
    return replace(firm, name=f"{firm.name} ({firm.id})") if renamed else firm


@dataclass(frozen=True)
class PlannedFirms:
    """All firms of a plan."""

    firms: Sequence[NewsFirm]

    def alike(self, firms: Sequence[NewsFirm]) -> Text:
        """The firm, or those in which something is the same."""
        if len(firms) == 1:
            return Foreign(firms[0].name)
        return phrase("plan.same_in", n=len(firms), firms=self.names(firms))

    def names(self, firms: Sequence[NewsFirm]) -> Text:
        """Those of some firms; of almost all, the names of the others."""
        others = len(self.firms) - len(firms)
        if len(firms) == how_many(len(firms), SHOWN_FIRMS) or others > _FEW_OTHERS:
            return first_names([firm.name for firm in firms])
        if not others:
            return phrase("plan.all_firms")
        known = {firm.id for firm in firms}
        rest = all_names(firm.name for firm in self.firms if firm.id not in known)
        return phrase("plan.all_but", firms=rest)


def period(happens: Happening, firms: Sequence[NewsFirm]) -> Text:
    """Until when what clients notice lasts, and from when on; empty unless time ends it."""
    if not happens.until:
        return ""
    last = last_of(shared_moment(happens.until, firms))
    if not happens.since:
        return phrase("plan.period.until", last=last)
    first = shared_moment(happens.since, firms)
    if first == last:
        return phrase("plan.period.on", last=last)
    return phrase("plan.period.from_to", first=first, last=last)


def last_of(end: Text) -> Text:
    """Until when something lasts that is over at this moment: a day is included whole."""
    return end - timedelta(days=1) if isinstance(end, date) else end


def shared_moment(instant: str, firms: Sequence[NewsFirm]) -> Text:
    """Of firms for which it is the same: the day that begins with it for the first, though the midnights of
    the others may be other instants; else the instant.
    """
    is_day = there(instant, firms[0].time_zone) != instant
    return firms_moment(instant, firms[:1] if is_day else firms)


def firms_moment(since: str, firms: Iterable[NewsFirm]) -> Text:
    """An ISO instant as these firms' clocks say it."""
    at = datetime.fromisoformat(since)
    return moment(at, common_zone(at, (firm.time_zone for firm in firms)))
