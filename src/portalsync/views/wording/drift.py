"""Drift -> report: what is not as it was applied, and who changed it."""

from collections.abc import Iterator

from portalsync.lexicon import Foreign, Lexicon, Text, counted, phrase
from portalsync.living.drift import Drift, DriftedSetting, FirmDrift
from portalsync.living.ways_out import Way
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.edits import edits_wording
from portalsync.views.wording.vanished import vanished_items


def word_drift(drift: Drift, lexicon: Lexicon, *, advises: bool = True) -> Report:
    """What differs, firm by firm, and who changed it when; the ways out for whoever has not said one."""
    return Report(
        title=phrase("drift.title", environment=Foreign(drift.environment)),
        verdict=tuple(_verdict(drift)),
        sections=(*_vanished(drift), *(_firm(firm, lexicon) for firm in drift.firms)),
        foot=tuple(_advice(drift)) if advises else (),
    )


def _advice(drift: Drift) -> Iterator[Text]:
    if drift.firms:
        environment = Foreign(drift.environment)
        yield from (phrase(f"drift.ways.{way}", environment=environment) for way in Way)


def _verdict(drift: Drift) -> Iterator[Item]:
    if not drift.considered:
        yield Item(Tone.NOTE, phrase("drift.nothing"))
        return
    if drift.firms and drift.considered == 1:
        yield Item(Tone.BAD, phrase("drift.alone"))
    elif drift.firms:
        yield Item(Tone.BAD, counted("drift.firms", len(drift.firms), of=drift.considered))
    else:
        yield Item(Tone.GOOD, counted("drift.none", drift.considered))


def _vanished(drift: Drift) -> Iterator[Section]:
    if drift.vanished:
        yield Section(phrase("vanished.title"), tuple(vanished_items(drift.vanished)))


def _firm(firm: FirmDrift, lexicon: Lexicon) -> Section:
    title = phrase(
        "drift.generations",
        firm=Foreign(firm.name),
        applied=firm.applied,
        live=firm.generation,
    )
    return Section(title, tuple(_change(change, lexicon) for change in firm.changes))


def _change(change: DriftedSetting, lexicon: Lexicon) -> Item:
    heading, lines = edits_wording([change.edit], lexicon, key="drift.change")
    return Item(Tone.CHANGE, heading, notes=(*lines, _who(change), _where(change)))


def _who(change: DriftedSetting) -> Text:
    changed = change.changed
    if changed is None:
        return phrase("drift.unknown")
    return phrase("drift.by", at=moment(changed.at), actor=Foreign(changed.actor))


def _where(change: DriftedSetting) -> Text:
    """The path, as the ways out take it, and the line that says ours."""
    if not change.source:
        return Foreign(change.path)
    return phrase("drift.where", path=Foreign(change.path), source=Foreign(change.source))
