"""Law 13: the short way, by classes and from memory, finds what the long way finds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from tests.laws import long_way
from tests.laws.layers import FIRM
from tests.laws.situations import Pair, pairs

from portalsync.catalog import DEFINITIONS
from portalsync.model.canonical import canonical
from portalsync.model.codec import encode
from portalsync.model.effect import EffectKind
from portalsync.model.firm_plan import FirmPlan
from portalsync.model.page import Placed, Situation
from portalsync.model.persona import Persona
from portalsync.planning.effects import Noticed, noticed
from portalsync.planning.empty_homes import emptied
from portalsync.planning.outlook import outlook
from portalsync.portal.classes import Class, Classes, Clients
from portalsync.portal.compose import compose
from portalsync.portal.page_promise import page_promise
from portalsync.portal.variants import instants, variants

_KNOWN: dict[Class, tuple[Placed, ...]] = {}
"""What was found by class, in whichever world."""


@given(pairs())
def test_pages_by_class_are_the_pages_composed_one_by_one(world: Pair) -> None:
    """And whoever is of one class finds the same, in whichever firm.

    Seen to fail when the interval was left out of what a block was remembered by, the client's invoices, the
    facts of the firm, the profile that an option reads, and when a client's tags were left out of the class.
    """
    for situation in (world.before, world.after, world.cousin):
        classes = Classes(situation)
        coming = instants(world.before, world.after, world.cousin)
        for at in (*coming, *(each - timedelta(seconds=1) for each in coming[1:])):
            now = replace(situation, at=at)
            for persona, locale, place in variants(situation, world.personas):
                composed = compose(now, persona, place, locale)
                assert classes.compose(persona, place, locale, at) == composed
                blocks = _KNOWN.setdefault(classes.page_class(persona, place, locale, at), composed.shown)
                assert repr(blocks) == repr(composed.shown)


@given(pairs())
def test_what_is_promised_follows_the_time(world: Pair) -> None:
    """Seen to fail when what a block adds to pages was remembered without the interval."""
    for at in instants(world.after)[:3]:
        now = replace(world.after, at=at)
        promised = page_promise(Classes(now), Clients(world.personas), "")
        assert promised == long_way.promise(now, world.personas, "")


@given(pairs())
def test_a_plan_by_classes_is_the_plan_made_the_long_way(world: Pair) -> None:
    """To the byte of what is written: effects, whom they reach, what is promised, which homes get empty.

    Seen to fail when the language, what clients have in common or the interval was left out of what is
    remembered; when only the audiences of one side told clients apart, or only its instants were looked at;
    without clients who have jobs; when personas were named in another order; when a block that is for
    others was promised; and when what is told once for all firms did not follow from which personas are in
    which class, their ids and audiences, and the languages in which the firm writes; and when what
    goes on for another reason was taken for the same coming again.
    """
    others = _with_tags_of_the_next(world.personas)
    for before, after, personas in (
        (world.before, world.after, world.personas),
        (world.before, world.cousin, world.personas),
        (world.before, world.after, others),
        (world.before, world.after, others[::-1]),
    ):
        changed = _changed(before, after)
        firm = outlook(before, after, personas)
        short = noticed(firm, changed)
        long = long_way.noticed(before, after, personas, changed)
        goes = any(each.effect.kind is EffectKind.DISAPPEARS for each in long.effects)
        left = emptied(firm, short.effects), long_way.emptied(before, after, personas) if goes else 0
        promised = page_promise(firm.after, firm.samples, ""), long_way.promise(after, personas, "")
        assert _part(short, left[0], promised[0]) == _part(long, left[1], promised[1])


def _with_tags_of_the_next(personas: Sequence[Persona]) -> Sequence[Persona]:
    """Other clients by the same names."""
    following = [*personas[1:], *personas[:1]]
    return [replace(each, tags=next_.tags) for each, next_ in zip(personas, following, strict=True)]


def _changed(before: Situation, after: Situation) -> set[str]:
    """The sections in which anything is set otherwise."""
    trees = before.settings.tree, after.settings.tree
    return {
        option.key
        for option in DEFINITIONS
        if len({canonical(tree.get(option.key, {})) for tree in trees}) > 1
    }


def _part(found: Noticed, emptied: int, pages: str) -> bytes:
    """What a plan says of a firm of which it has nothing else to say."""
    part = FirmPlan(
        id=FIRM,
        name="",
        generation=1,
        audit="",
        clients=0,
        changes=(),
        effects=found.effects,
        managed=(),
        managed_before=(),
        digest_after="",
        time_zone="UTC",
        affected=found.clients,
        unseen_instants=found.unseen,
        emptied=emptied,
        pages=pages,
    )
    return canonical(encode(part))
