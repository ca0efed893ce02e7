"""What `explain` says is what the composer and the layers do."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from tests.laws.layers import CHANCE, WORDY, Body, Layers, layers, resolved

from portalsync.catalog import DEFINITIONS, FIELDS, pattern_of
from portalsync.catalog.option import Field
from portalsync.config.resolve import layers_of
from portalsync.lexicon import LOCALES, lexicon_of
from portalsync.living.explain.layers import Act, LayerStack
from portalsync.living.explain.line import Line, firm_reached, settings_at
from portalsync.living.explain.page import NO_ENTRY, BlockExplained, Reader, pages_explained
from portalsync.living.explain.setting import Seen
from portalsync.living.search import By, Query, hits
from portalsync.model.desired import Desired
from portalsync.model.edit import ABSENT
from portalsync.model.page import PLACES, Place, Placed, Situation, situation_of
from portalsync.model.persona import Persona
from portalsync.pipeline.load import config_of, desired_of, load
from portalsync.portal.compose import NOT_FOR_THEM, compose
from portalsync.portal.variants import variants
from portalsync.resources import folder

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
EXAMPLE = load(folder("portal-config"))


def situation(firm: str) -> Situation:
    facts = config_of(EXAMPLE, firm).facts[firm]
    return situation_of(firm, desired_of(EXAMPLE, firm).settings(), facts, AT)


@pytest.mark.parametrize("firm", EXAMPLE.firms)
def test_each_block_is_there_or_missing_for_the_composers_reason(firm: str) -> None:
    """For every sample client on every page. Seen to fail when audiences were asked about first."""
    after = situation(firm)
    for persona in EXAMPLE.shared.personas.values():
        pages = pages_explained(Seen(), after, Reader(persona, persona.locale, PLACES))
        for place, page in zip(PLACES, pages, strict=True):
            composed = compose(after, persona, place, persona.locale).blocks
            found = [each for each in page.blocks if not any(one.key == NO_ENTRY for one in each.conditions)]
            assert [*map(_of_explained, found)] == [*map(_of_composed, composed)]


def _of_composed(block: Placed) -> tuple[object, ...]:
    return block.key, block.label, block.shown, block.reason, [block.reason] if block.reason else []


def _of_explained(block: BlockExplained) -> tuple[object, ...]:
    """Its chain ends with the one reason that holds."""
    hides = [each.reason for each in block.conditions if each.holds]
    assert not any(each.holds for each in block.conditions[:-1])
    keys = [getattr(each, "key", "") for each in hides]
    return block.key, block.label, block.shown, getattr(block.reason, "key", ""), keys


def test_what_decides_is_what_was_looked_at() -> None:
    """Below each reason. Seen to fail when notes of one reason ran into the next."""
    persona = EXAMPLE.shared.personas["unpaid-invoices"]
    pages = pages_explained(Seen(), situation("harlow-pike"), Reader(persona, "en", PLACES))
    blocks = {each.key: each for page in pages for each in page.blocks}
    asked = blocks["prepayments.invoices_link"].conditions
    assert [(each.key, each.settings, each.facts, each.client) for each in asked] == [
        ("prepayments.off", ("prepayments.enabled",), (), ()),
        ("prepayments.invoices_hidden", ("invoices.visible",), ("invoices_hidden",), ()),
        ("prepayments.no_provider", (), ("payment_providers",), ()),
        ("prepayments.unpaid_invoice", (), (), ("invoices",)),
    ]
    only_some = blocks["announcements.banner.year-end-moves"].conditions[-1]
    assert only_some.key == NOT_FOR_THEM.replace(".hidden", "")
    assert only_some.settings == ("announcements.audience", "announcements.items.year-end-moves.audience")
    assert blocks["announcements.banner.fake-tax-mails"].content[-2:] == (
        "announcements.items.fake-tax-mails.title",
        "announcements.items.fake-tax-mails.body",
    )


@given(CHANCE, WORDY)
def test_the_last_word_is_what_is_resolved(chance: Random, wordy: int) -> None:
    """Of every setting that a layer names, and of those that none does. Seen to fail for entries that a
    higher layer removes, and for what stands below an option that `null` leaves alone.
    """
    desired, _ = resolved(layers(chance, wordy))
    said = LayerStack(desired, str)
    for path in _paths(desired):
        words = said.words(path)
        assert said.last(path) == (words[-1] if words else None)
        acts = [each.act for each in words]
        if path in desired.values:
            value = desired.values[path].value
            assert (acts[-1], words[-1].value) == (Act.UNSETS if value is ABSENT else Act.SETS, value)
            assert words[-1].layer == desired.values[path].layer
        elif path in desired.managed:
            assert acts[-1] in {Act.UNSETS, Act.REMOVES, Act.OMITS}
        else:
            assert acts[-1:] in ([], [Act.LEAVES], [Act.REMOVES])


@given(CHANCE, WORDY)
def test_a_search_finds_what_is_in_force(chance: Random, wordy: int) -> None:
    """Of each setting: what the files resolve to, else what the portal has. Seen to fail when what a list
    leaves out had the value of the portal.
    """
    desired, _ = resolved(layers(chance, wordy))
    live = dict.fromkeys((path for path in _paths(desired) if chance.random() < LIVE), "live")
    found = {each.path: each for each in hits(desired, live, Query(), str)}
    after = desired.in_force(live)
    for path in {*live, *desired.values}:
        hit = found[path]
        assert (hit.by is By.LAYER) == (path in desired.managed)
        assert hit.value == after.get(path, ABSENT)


LIVE = 0.5
"""Of settings, so many are on the portal too."""


def test_what_a_list_leaves_out_is_told_with_the_list() -> None:
    """Also where a layer between let go of the whole list. Seen to fail when `null` had the last word."""
    desired, _ = resolved(
        Layers(_announcing("old"), ({"options": {"announcements": None}},), _announcing("new"))
    )
    words = LayerStack(desired, str).words("announcements.items.old.title")
    assert [(each.layer, each.act) for each in words] == [
        ("defaults", Act.SETS),
        ("group group-0", Act.LEAVES),
        ("firm linden", Act.OMITS),
    ]


def _announcing(entry: str) -> Body:
    texts = {"title": {"en": entry}, "body": {"en": entry}}
    return {"options": {"announcements": {"items": [{"id": entry, **texts}]}}}


def _paths(desired: Desired) -> Iterator[str]:
    yield from (path for path, each in FIELDS.items() if isinstance(each, Field) and "*" not in path)
    for path in dict.fromkeys(each.path for each in desired.statements):
        if isinstance(FIELDS.get(pattern_of(path)), Field):
            yield path


@pytest.mark.parametrize("firm", EXAMPLE.firms)
def test_a_line_that_is_told_is_about_the_setting_that_it_is_told_of(firm: str) -> None:
    """Of every word of every layer: to ask about its line leads back to the setting. Seen to fail when
    entries went by their place in the file.
    """
    config, desired = config_of(EXAMPLE, firm), desired_of(EXAMPLE, firm)
    documents = {each.file: each for each in layers_of(config, firm).values()}
    told = LayerStack(desired, str)
    for path in desired.values:
        for word in told.words(path):
            file, line, _ = word.source.split(":")
            places = documents[file].parsed.on_line(int(line))
            paths = {settings_at(documents[file].data, place) for place in places}
            assert None not in paths
            assert path in Line(word.layer, {str(each) for each in paths}).says(desired), word


@pytest.mark.parametrize(
    ("firm", "path"),
    [
        ("harlow-pike", "chat.clients_can_start"),
        ("kanzlei-moorhof", "chat.clients_can_start"),
        ("redwood-tax", "done_uploading.button"),
        ("harlow-pike", "prepayments.enabled"),
        ("brueckner-vance", "appointments.enabled"),
    ],
)
def test_a_line_reaches_the_pages_that_it_makes_different(firm: str, path: str) -> None:
    """Switched, at least one of the blocks that it reaches is another on each of them, and no page besides.
    Seen to fail when only blocks that are shown counted.
    """
    desired, after = desired_of(EXAMPLE, firm), situation(firm)
    personas = tuple(EXAMPLE.shared.personas.values())
    line = Line(desired.values[path].layer, [path])
    reached = firm_reached(LayerStack(desired, str), after, personas, line)
    switched = {**desired.settings(), path: not desired.values[path].value}
    other = situation_of(firm, switched, after.facts, AT)
    differing = [
        (each[0].id, *each[1:])
        for each in variants(after, personas)
        if compose(after, *_asked(each)).shown != compose(other, *_asked(each)).shown
    ]
    assert reached.variants == len(differing) > 0
    assert reached.of_variants == len([*variants(after, personas)])
    assert reached.decides == (path,)


def _asked(variant: tuple[Persona, str, Place]) -> tuple[Persona, Place, str]:
    persona, locale, place = variant
    return persona, place, locale


@pytest.mark.parametrize("locale", LOCALES)
def test_what_blocks_look_at_has_its_words(locale: str) -> None:
    lexicon = lexicon_of(locale)
    for block in (block for option in DEFINITIONS for block in option.blocks):
        assert [name for name in block.reads.facts if f"explain.facts.{name}" not in lexicon] == []
        assert [name for name in block.reads.client if f"explain.clients.{name}" not in lexicon] == []
