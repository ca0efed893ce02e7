"""What holds between a plan's effects, the previews, and the pages that clients open."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given
from tests.laws.layers import FIRM
from tests.laws.portals import apply, loaded, part_of, portal
from tests.laws.worlds import World, fitting, worlds

from portalsync.backend.protocol import Backend
from portalsync.model.effect import Effect, EffectKind, Reach
from portalsync.model.facts import Segment
from portalsync.model.page import (
    Composition,
    Content,
    Line,
    PageName,
    Place,
    Placed,
    Shape,
    Situation,
    Surface,
    situation_of,
)
from portalsync.model.persona import Persona, persona_from_json
from portalsync.model.plan import Plan
from portalsync.model.settings import scope
from portalsync.pipeline.load import desired_of
from portalsync.pipeline.run import make_plan
from portalsync.planning.outlook import outlook
from portalsync.portal.classes import Classes, Clients
from portalsync.portal.compose import compose
from portalsync.portal.page_promise import page_promise
from portalsync.portal.render import pages, render
from portalsync.portal.templates import templates_digest
from portalsync.portal.variants import instants, variants

OF_THE_CLIENT = ("prepayments.invoices_link", "work_in_progress.section", "standing.", "invoices.")
"""Blocks that depend on more of a client than the tags."""

CONTACT = "profile.contact"
"""It shows the firm's name, which is the brand's: alone on a page it would be another block."""

NOBODY = "-"
"""The id of a client of whom only language and tags are known."""


@given(worlds())
def test_effects_are_the_difference_of_the_previews(world: World) -> None:
    """Law 6: pages differ where the plan says so, block by block, and nowhere else.

    Seen to fail when effects were looked for through personas alone: a firm without personas had none.
    """
    with _planned(world) as planned:
        segments = [segment for segment in planned.after.facts.segments if segment.clients]
        twins = outlook(planned.before, planned.after, ()).samples.each
        samples = (*planned.personas, *map(_bare, segments), *(each for each in twins if each.jobs))
        pairs = [*_variants(planned, samples)]
        pages = {(who, before.place) for who, before, after in pairs if render(before) != render(after)}
        assert {place for _, place in pages} == {effect.place for effect in planned.effects}
        blocks = {(before.place, key) for _, before, after in pairs for key in _differing(before, after)}
        told = {(each.place, each.block) for each in planned.effects if each.kind is not EffectKind.MOVES}
        assert {each for each in told if each[1] != CONTACT} == blocks
        known = {persona.id for persona in planned.personas}
        _check_personas(planned, {(who, place) for who, place in pages if who in known})


def _check_personas(planned: "_Planned", changed: set[tuple[str, Place]]) -> None:
    """The plan names the personas whose pages change; those of a later moment as well."""
    named = {(who, effect.place) for effect in planned.effects for who in effect.personas}
    assert changed <= named
    if len(instants(planned.before, planned.after)) == 1:
        assert changed == named


def _variants(
    planned: "_Planned", samples: Iterable[Persona]
) -> Iterator[tuple[str, Composition, Composition]]:
    for persona, locale, place in variants(planned.after, samples):
        before, after = (compose(each, persona, place, locale) for each in (planned.before, planned.after))
        yield persona.id, before, after


def _differing(before: Composition, after: Composition) -> Iterator[str]:
    """Keys of the blocks that make other pages when they stand alone on them."""
    earlier, later = ({block.key: block for block in each.shown} for each in (before, after))
    for key in earlier.keys() | later.keys():
        if key != CONTACT and earlier.get(key) != later.get(key):
            alone = (replace(before, blocks=(each[key],) if key in each else ()) for each in (earlier, later))
            if len({*map(render, alone)}) > 1:
                yield key


@given(worlds())
def test_reach_is_the_number_of_clients(world: World) -> None:
    """Where only tags and language decide, what a plan counts is what counting one by one gives.

    Seen to fail when those who keep a block that is narrowed to an audience were counted as losing it.
    """
    with _planned(world) as planned:
        for reach in planned.reached:
            effect = reach.effect
            if effect.kind in _COMES_OR_GOES and not effect.block.startswith(OF_THE_CLIENT):
                met = [each for each in planned.after.facts.segments if _meets(each, effect, planned)]
                assert reach.clients == sum(each.clients for each in met), effect
                assert effect.everyone


@given(worlds())
def test_previews_are_the_live_pages(world: World) -> None:
    """Law 7: once applied, the portal serves the previews, byte for byte.

    Seen to fail when the server looked at its own clock in place of the instant it was asked for.
    """
    with _planned(world) as planned:
        promised = dict(pages(planned.after, planned.personas))
        apply(planned.plan, planned.backend)
        for name, html in promised.items():
            firm, persona, locale, file = name.split("/")
            assert planned.backend.page(firm, persona, locale, file, world.at) == html.encode()
        assert len(promised) == len([*variants(planned.after, planned.personas)])


@given(worlds())
def test_what_a_plan_promises_is_what_clients_get(world: World) -> None:
    """Equal promises are equal pages, byte for byte; so the promise of other pages is another one.

    Seen to fail when the promise knew which blocks are on a page, and not what they say.
    """
    with _planned(world) as planned:
        promise = _promise(planned.after, planned)
        part = part_of(planned.plan)
        assert part is None or part.pages == (promise if part.changes else "")
        earlier, later = (dict(pages(each, planned.personas)) for each in (planned.before, planned.after))
        assert earlier == later or _promise(planned.before, planned) != promise
        apply(planned.plan, planned.backend)
        live = replace(planned.after, settings=scope(planned.backend.state(FIRM).settings))
        assert _promise(live, planned) == promise
        assert dict(pages(live, planned.personas)) == later


def _promise(situation: Situation, planned: "_Planned") -> str:
    return page_promise(Classes(situation), Clients(planned.personas), templates_digest())


@given(worlds())
def test_all_that_a_page_shows_is_in_the_composition(world: World) -> None:
    """A page made from the JSON of its composition alone is the same page: what is promised is all of it.

    Seen to fail when the JSON left out in which language a text is that is not the page's own.
    """
    with _planned(world) as planned:
        for situation in (planned.before, planned.after):
            for persona, locale, place in variants(situation, planned.personas):
                composition = compose(situation, persona, place, locale)
                assert render(_read(composition.to_json())) == render(composition)


def _read(data: Mapping[str, Any]) -> Composition:
    place = Place(Surface(data["surface"]), PageName(data["page"]))
    return Composition(place, data["locale"], data["client"], tuple(map(_block, data["blocks"])))


def _block(data: Mapping[str, Any]) -> Placed:
    lines = tuple(Line(**line) for line in data["content"].get("lines", ()))
    content = Content(**{**data["content"], "lines": lines})
    return Placed(data["key"], Shape(data["shape"]), data["area"], data["label"], content)


_COMES_OR_GOES = {EffectKind.APPEARS: (False, True), EffectKind.DISAPPEARS: (True, False)}


@dataclass(frozen=True)
class _Planned:
    """A plan and what it is between, on a portal that does not have it yet."""

    backend: Backend
    plan: Plan
    before: Situation
    after: Situation
    personas: tuple[Persona, ...]

    @property
    def reached(self) -> tuple[Reach, ...]:
        """What there is for now."""
        firm = part_of(self.plan)
        return tuple(each for each in firm.effects if not each.effect.since) if firm else ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        return tuple(each.effect for each in self.reached)


@contextmanager
def _planned(world: World) -> Iterator[_Planned]:
    with portal(world) as backend:
        live, facts = backend.state(FIRM).settings, backend.facts(FIRM)
        config = loaded(world.files(fitting(world.after, world.facts, live, world.at)))
        yield _Planned(
            backend,
            make_plan(config, backend, "local", world.at),
            situation_of(FIRM, live, facts, world.at),
            situation_of(FIRM, desired_of(config, FIRM).in_force(live), facts, world.at),
            tuple(map(persona_from_json, world.personas)),
        )


def _meets(segment: Segment, effect: Effect, planned: _Planned) -> bool:
    """Whether the block comes or goes for the clients of a segment."""
    shown = tuple(
        any(
            block.key == effect.block
            for block in compose(each, _bare(segment), effect.place, segment.locale).shown
        )
        for each in (planned.before, planned.after)
    )
    return shown == _COMES_OR_GOES[effect.kind]


def _bare(segment: Segment) -> Persona:
    """A client of whom nothing is known but what a segment says."""
    about = {"id": NOBODY, "title": {}, "client": "", "locale": segment.locale, "tags": [*segment.tags]}
    return persona_from_json(about)
