"""Status -> report: the network by group, and the firms that somebody should look at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from portalsync.lexicon import Foreign, Lexicon, Phrase, Text, counted, how_many, joined, phrase
from portalsync.living.drift import Drift
from portalsync.model.plan import Plan
from portalsync.model.status import FirmStatus, GroupStatus, Status
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.drift import word_drift
from portalsync.views.wording.names import first_names
from portalsync.views.wording.plan_findings import stopped_section

_MOST_LISTED = 100

CONCERNS: Sequence[tuple[str, Tone, Callable[[FirmStatus], bool]]] = (
    ("drifted", Tone.WARN, lambda firm: firm.drifted > 0),
    ("pending", Tone.CHANGE, lambda firm: firm.pending),
    ("stopped", Tone.BAD, lambda firm: firm.stopped),
    ("unmanaged", Tone.NOTE, lambda firm: not firm.managed),
)
"""What may be the matter with a firm, always in this order; `GroupStatus` counts it under the same name."""


def word_status(status: Status) -> Report:
    """All firms, then each group, each with what is the matter in it."""
    return Report(
        title=phrase("status.title", environment=Foreign(status.environment), at=moment(status.at)),
        verdict=tuple(_verdict(status)),
        sections=(_groups(status),),
    )


def _verdict(status: Status) -> Iterator[Item]:
    for name, tone, concerns in CONCERNS:
        if firms := [firm.name for firm in status.firms if concerns(firm)]:
            yield Item(tone, counted(f"status.{name}", len(firms), firms=first_names(firms)))
    if not (status.network.drifted or status.network.pending or status.network.stopped):
        yield Item(Tone.GOOD, counted("status.in_order", status.network.managed))
    yield Item(Tone.NOTE, applied_wording(status.network))


def _groups(status: Status) -> Section:
    items = [Item(_tone(each), _row(each)) for each in status.groups]
    return Section(phrase("status.by_group"), items)


def _row(group: GroupStatus) -> Text:
    return phrase("status.row", group=group_wording(group), counts=_counts(group))


def _tone(group: GroupStatus) -> Tone:
    """That of what most needs looking at."""
    if group.stopped:
        return Tone.BAD
    if group.drifted:
        return Tone.WARN
    if group.pending:
        return Tone.CHANGE
    return Tone.NOTE if group.unmanaged else Tone.GOOD


def _counts(group: GroupStatus) -> Text:
    counts = {
        "managed": group.managed,
        "unmanaged": group.unmanaged,
        "drifted": group.drifted,
        "pending": group.pending,
        "stopped": group.stopped,
    }
    told = [phrase(f"status.count.{name}", n=number) for name, number in counts.items() if number]
    return joined([counted("told.firms", group.firms), *told, applied_wording(group)])


def matter_sections(
    status: Status, drift: Drift, plan: Plan, lexicon: Lexicon
) -> Iterator[tuple[str, Section]]:
    """By the names of `CONCERNS`, what is behind their numbers, where there is any."""
    yield "drifted", Section(phrase("status.section.drifted"), _first([*_drifted(drift, lexicon)]))
    yield "pending", Section(phrase("status.section.pending"), _first([*_pending(status)]))
    yield from (("stopped", section) for section in stopped_section(plan, lexicon))
    unmanaged = [Item(Tone.NOTE, Foreign(firm.name)) for firm in status.firms if not firm.managed]
    yield "unmanaged", Section(phrase("status.section.unmanaged"), _first(unmanaged))


def _first(items: Sequence[Item]) -> Sequence[Item]:
    """As many as somebody reads."""
    most = how_many(len(items), _MOST_LISTED)
    rest = len(items) - most
    return [*items[:most], *([Item(Tone.NOTE, counted("values.and_more", rest))] if rest > 0 else ())]


def _drifted(drift: Drift, lexicon: Lexicon) -> Iterator[Item]:
    for firm, section in zip(drift.firms, word_drift(drift, lexicon).sections, strict=True):
        for item in section.items:
            yield replace(item, tone=Tone.WARN, text=(Foreign(firm.name), ": ", item.text))


def _pending(status: Status) -> Iterator[Item]:
    for firm in (each for each in status.firms if each.pending):
        what = counted("status.changes", firm.changes) if firm.changes else phrase("status.only_claims")
        noticed = (", ", counted("status.clients", firm.clients)) if firm.clients else ()
        yield Item(Tone.CHANGE, (Foreign(firm.name), ": ", what, *noticed))


def group_wording(group: GroupStatus) -> Text:
    return Foreign(group.group) if group.group else phrase("status.no_group")


def applied_wording(group: GroupStatus, zone: str = "UTC") -> Phrase:
    last = group.last_apply
    if last is None:
        return phrase("status.unknown_apply" if group.managed else "status.never_applied")
    return phrase("status.last_apply", at=moment(last.at, zone), actor=Foreign(last.actor))
