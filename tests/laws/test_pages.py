"""What holds between a plan's effects, the previews, and the pages that clients open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hypothesis import given
from tests.laws.layers import FIRM
from tests.laws.portals import apply, loaded, part_of, portal
from tests.laws.worlds import World, fitting, worlds

from portalsync.backend.protocol import Backend
from portalsync.model.facts import Segment
from portalsync.model.page import PLACES, Place, Situation
from portalsync.model.persona import Persona, persona_from_json
from portalsync.model.plan import Effect, EffectKind, Plan
from portalsync.model.settings import scope
from portalsync.pipeline import make_plan
from portalsync.portal.compose import compose
from portalsync.portal.pages import pages
from portalsync.portal.render import render
from portalsync.portal.variants import instants, variants

OF_THE_CLIENT = ("prepayments.invoices_link", "work_in_progress.section", "standing.")
"""Blocks that depend on more of a client than the tags."""


@given(worlds())
def test_effects_are_the_difference_of_the_previews(world: World) -> None:
    """Law 6."""
    with _planned(world) as planned:
        told = {_place(effect) for effect in planned.effects}
        segments = [segment for segment in planned.after.facts.segments if segment.clients]
        samples = (*planned.personas, *map(_bare, segments))
        changed = {
            (persona.id, place)
            for persona, locale, place in variants(planned.after, samples)
            if render(compose(planned.before, persona, place, locale))
            != render(compose(planned.after, persona, place, locale))
        }
        assert {place for _, place in changed} == told
        reached = {(persona, _place(effect)) for effect in planned.effects for persona in effect.personas}
        known = {persona.id for persona in planned.personas}
        ours = {(persona, place) for persona, place in changed if persona in known}
        assert ours <= reached
        if len(instants(planned.before, planned.after)) == 1:
            assert ours == {(persona, place) for persona, place in reached if persona in known}
        assert bool(changed) == bool(planned.effects)


@given(worlds())
def test_reach_is_the_number_of_clients(world: World) -> None:
    """Where only tags and language decide, what a plan counts is what counting one by one gives."""
    with _planned(world) as planned:
        for effect in planned.effects:
            if effect.kind in _COMES_OR_GOES and not effect.block.startswith(OF_THE_CLIENT):
                met = [each for each in planned.after.facts.segments if _meets(each, effect, planned)]
                assert effect.clients == sum(each.clients for each in met), effect
                assert effect.everyone


@given(worlds())
def test_previews_are_the_live_pages(world: World) -> None:
    """Law 7."""
    with _planned(world) as planned:
        promised = dict(pages(planned.after, planned.personas))
        apply(planned.plan, planned.backend)
        for name, html in promised.items():
            firm, persona, locale, file = name.split("/")
            assert planned.backend.page(firm, persona, locale, file, world.at) == html.encode()
        assert len(promised) == len([*variants(planned.after, planned.personas)])


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
    def effects(self) -> tuple[Effect, ...]:
        """Those for now."""
        firm = part_of(self.plan)
        return tuple(effect for effect in firm.effects if not effect.since) if firm else ()


@contextmanager
def _planned(world: World) -> Iterator[_Planned]:
    with portal(world) as backend:
        live, facts = backend.state(FIRM).settings, backend.facts(FIRM)
        config = loaded(world.files(fitting(world.after, world.facts, live, world.at)))
        yield _Planned(
            backend,
            make_plan(config, backend, "local", world.at),
            Situation(FIRM, scope(live), facts, world.at),
            Situation(FIRM, scope(config.desired[FIRM].in_force(live)), facts, world.at),
            tuple(map(persona_from_json, world.personas)),
        )


def _place(effect: Effect) -> Place:
    return next(place for place in PLACES if (place.surface, place.page) == (effect.surface, effect.page))


def _meets(segment: Segment, effect: Effect, planned: _Planned) -> bool:
    """Whether the block comes or goes for the clients of a segment."""
    shown = tuple(
        any(
            block.key == effect.block
            for block in compose(each, _bare(segment), _place(effect), segment.locale).shown
        )
        for each in (planned.before, planned.after)
    )
    return shown == _COMES_OR_GOES[effect.kind]


def _bare(segment: Segment) -> Persona:
    """A client of whom nothing is known but what a segment says."""
    about = {"id": "-", "title": {}, "client": "", "locale": segment.locale, "tags": [*segment.tags]}
    return persona_from_json(about)
