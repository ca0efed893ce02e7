"""What would be done now, held against what was reviewed."""

from collections.abc import Iterator
from dataclasses import replace

from portalsync.lexicon import Lexicon, phrase
from portalsync.model.plan import Plan
from portalsync.model.substance import beyond, review_digest
from portalsync.views.report import Item, Report, Section, Tone
from portalsync.views.wording.plan import word_plan


def word_deviation(expected: str, reviewed: Plan | None, now: Plan, lexicon: Lexicon) -> Report:
    """The difference in words. Without the reviewed plan: all of what would be done now."""
    return Report(
        title=phrase("deviation.title"),
        verdict=tuple(_verdict(reviewed, now)),
        sections=tuple(_sections(reviewed, now, lexicon)),
        foot=(
            phrase("deviation.expected", digest=expected),
            phrase("deviation.found", digest=review_digest(now)),
        ),
    )


def _verdict(reviewed: Plan | None, now: Plan) -> Iterator[Item]:
    yield Item(Tone.BAD, phrase("deviation.nothing_applied"))
    if reviewed is None:
        yield Item(Tone.NOTE, phrase("deviation.unknown"))
    elif not _same_world(reviewed, now):
        yield Item(Tone.BAD, phrase("deviation.portal"))


def _sections(reviewed: Plan | None, now: Plan, lexicon: Lexicon) -> Iterator[Section]:
    if reviewed is None:
        yield from word_plan(now, lexicon).sections
        return
    yield from _part("deviation.new", beyond(now, reviewed), lexicon)
    yield from _part("deviation.gone", beyond(reviewed, now), lexicon)


def _part(key: str, plan: Plan, lexicon: Lexicon) -> Iterator[Section]:
    if plan.is_empty:
        return
    yield Section(phrase(key), ())
    for section in word_plan(plan, lexicon).sections:
        yield replace(section, level=2) if section.title else section


def _same_world(one: Plan, other: Plan) -> bool:
    same_options = all(other.options.get(key, digest) == digest for key, digest in one.options.items())
    return same_options and (one.environment, one.portal) == (other.environment, other.portal)
