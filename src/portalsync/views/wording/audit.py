"""A verification -> report: which firms do not hold together, at which generation, and why."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from portalsync.lexicon import Foreign, Text, counted, phrase
from portalsync.model.verification import Broken, Verification
from portalsync.views.report import Item, Report, Section, Tone


def word_verification(verification: Verification) -> Report:
    """Firm by firm what does not hold."""
    firms = [(firm, [*flaws]) for firm, flaws in groupby(verification.broken, lambda each: each.firm)]
    return Report(
        title=phrase("audit.title", environment=Foreign(verification.environment)),
        verdict=tuple(_verdict(verification, len(firms))),
        sections=tuple(Section(Foreign(firm), tuple(_items(flaws))) for firm, flaws in firms),
        foot=(phrase("audit.advice"),) if firms else (),
    )


def _verdict(verification: Verification, broken: int) -> Iterator[Item]:
    if broken and verification.firms == 1:
        yield Item(Tone.BAD, phrase("audit.alone"))
    elif broken:
        yield Item(Tone.BAD, counted("audit.broken", broken, of=verification.firms))
    elif sealed := verification.firms - verification.without:
        yield Item(Tone.GOOD, counted("audit.holds", sealed))
    elif verification.firms:
        yield Item(Tone.NOTE, phrase("audit.none"))
    else:
        yield Item(Tone.GOOD, phrase("audit.empty"))
    if 0 < verification.without < verification.firms:
        yield Item(Tone.NOTE, counted("audit.without", verification.without))
    if verification.kept and not broken:
        yield Item(Tone.GOOD, counted("audit.kept", verification.kept))
    elif not verification.kept and verification.firms > verification.without:
        yield Item(Tone.NOTE, phrase("audit.no-anchor"))


def _items(flaws: Iterable[Broken]) -> Iterator[Item]:
    for each in flaws:
        flaw: Text = phrase(f"audit.flaws.{each.flaw}")
        at = phrase("audit.at", generation=each.generation, flaw=flaw) if each.generation else flaw
        yield Item(Tone.BAD, at)
