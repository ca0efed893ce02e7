"""What a portal has of a firm -> report: what is managed, and what is not."""

from collections.abc import Iterator, Mapping

from portalsync.catalog.naming import order_of, unit_of
from portalsync.catalog.stored import can_be_stored
from portalsync.lexicon import Foreign, Lexicon, counted, joined, phrase
from portalsync.living.on_portal import FirmOnPortal
from portalsync.model.claims import Claims
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.moments import moment
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.edits import edits_wording
from portalsync.views.wording.released import claim_names


def word_on_portal(firm: FirmOnPortal, lexicon: Lexicon, *, summary: bool = False) -> Report:
    """All settings, or only how many there are."""
    return Report(
        title=phrase("on_portal.title", firm=Foreign(firm.name), environment=Foreign(firm.environment)),
        verdict=tuple(_verdict(firm)),
        sections=() if summary else tuple(_sections(firm, lexicon)),
    )


def _verdict(firm: FirmOnPortal) -> Iterator[Item]:
    yield Item(Tone.NOTE, phrase("on_portal.generation", id=Foreign(firm.firm), generation=firm.generation))
    if firm.applied is not None:
        at = moment(firm.applied.at, firm.time_zone)
        yield Item(Tone.NOTE, phrase("on_portal.applied", at=at, actor=Foreign(firm.applied.actor)))
    else:
        yield Item(Tone.NOTE, phrase("on_portal.never"))
    yield Item(Tone.NOTE, counted("on_portal.managed", len(firm.managed)))
    yield Item(Tone.NOTE, counted("on_portal.unmanaged", len(firm.unmanaged)))


def _sections(firm: FirmOnPortal, lexicon: Lexicon) -> Iterator[Section]:
    managed = [*_items(firm.managed, lexicon), *_empty(firm, lexicon)]
    unmanaged = [*_items(firm.unmanaged, lexicon)]
    if managed:
        yield Section(phrase("on_portal.managed-here"), managed)
    if unmanaged:
        yield Section(phrase("on_portal.not-managed-here"), unmanaged)


def _items(settings: Mapping[str, JSON], lexicon: Lexicon) -> Iterator[Item]:
    """Settings of an option, or of an entry of a list, stand below its name; what is not known comes last."""
    known = [path for path, value in settings.items() if can_be_stored(path, value)]
    units: dict[str, list[Edit]] = {}
    for path in sorted(known, key=order_of):
        units.setdefault(unit_of(path), []).append(Edit(path, after=settings[path]))
    for edits in units.values():
        heading, lines = edits_wording(edits, lexicon, key="on_portal.setting")
        yield Item(Tone.NOTE, heading, notes=lines)
    if unknown := sorted({*settings} - {*known}):
        yield Item(Tone.NOTE, phrase("on_portal.unknown", paths=joined(map(Foreign, unknown))))


def _empty(firm: FirmOnPortal, lexicon: Lexicon) -> Iterator[Item]:
    """What is managed, and set nowhere."""
    empty = [claim for claim in firm.claims if not Claims.of((claim,)).part_of(firm.managed)]
    if empty:
        yield Item(Tone.NOTE, phrase("on_portal.empty", names=claim_names(empty, lexicon)))
