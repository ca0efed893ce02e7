"""What a portal keeps of the contract -> report. What it does not keep comes first."""

from collections.abc import Iterator, Sequence

from portalsync.lexicon import Foreign, Lexicon, Text, counted, joined, phrase
from portalsync.model.conformance import Conformance, Grade, Graded, PutBack
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.names import SHOWN_FIRMS

_COUNTS = (
    (Grade.FAILED, Tone.BAD, "broken"),
    (Grade.SKIPPED, Tone.NOTE, "unseen"),
    (Grade.PASSED, Tone.GOOD, "kept"),
)


def word_conformance(conformance: Conformance, lexicon: Lexicon) -> Report:
    failed = tuple(_failed(each, lexicon) for each in conformance.having(Grade.FAILED))
    passed = tuple(_item(each, Tone.GOOD) for each in conformance.having(Grade.PASSED))
    return Report(
        title=phrase("conformance.title", portal=Foreign(conformance.portal)),
        verdict=tuple(_verdict(conformance)),
        sections=(
            Section.labelled("", failed),
            *_skipped(conformance.having(Grade.SKIPPED)),
            Section.labelled("", passed),
        ),
        foot=tuple(_foot(conformance)),
    )


def _verdict(conformance: Conformance) -> Iterator[Item]:
    for grade, tone, key in _COUNTS:
        number = len(conformance.having(grade))
        if number:
            yield Item(tone, counted(f"conformance.{key}", number))
    if conformance.put_back is PutBack.FAILED:
        yield Item(Tone.BAD, _left(conformance))
    if conformance.interrupted:
        yield Item(Tone.BAD, phrase("conformance.interrupted"))


def _left(conformance: Conformance) -> Text:
    paths = joined(map(Foreign, conformance.left[:SHOWN_FIRMS])) or "…"
    return phrase("conformance.left", paths=paths, firm=Foreign(conformance.firm))


def _foot(conformance: Conformance) -> Iterator[Text]:
    if conformance.firm:
        yield phrase("conformance.firm", firm=Foreign(conformance.firm))
    if conformance.put_back is PutBack.DONE:
        yield phrase("conformance.put-back", firm=Foreign(conformance.firm))


def _skipped(skipped: Sequence[Graded]) -> Iterator[Section]:
    """By reason: most have the same one."""
    for reason in dict.fromkeys(each.reason for each in skipped):
        items = (_item(each, Tone.NOTE) for each in skipped if each.reason == reason)
        yield Section.labelled(reason, tuple(items), level=2)


def _failed(graded: Graded, lexicon: Lexicon) -> Item:
    quotes = (
        (phrase("conformance.labels.asked"), Foreign(graded.request)),
        (phrase("conformance.labels.expected"), Foreign(lexicon.say(graded.expected))),
        (phrase("conformance.labels.came"), Foreign(graded.came)),
    )
    return Item(Tone.BAD, graded.demand, quotes, source=f"contract.md: {graded.section}", label=graded.code)


def _item(graded: Graded, tone: Tone) -> Item:
    return Item(tone, graded.demand, label=graded.code)
