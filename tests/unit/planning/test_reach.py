"""How many clients are reached, where a portal counts them by tag: never fewer than there are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalsync.model.effect import EffectKind
from portalsync.model.facts import Facts, facts_from_json
from portalsync.model.page import Audience, Content, Placed, Shape
from portalsync.planning.reach import Readers, together

TAGS = ("business", "individual", "vip")
LANGUAGES = ("en", "de", "de-AT", "fr")

tags = st.frozensets(st.sampled_from(TAGS))
clients = st.lists(st.tuples(tags, st.sampled_from(LANGUAGES)), max_size=12)
audiences = st.builds(Audience, tags, tags)
blocks = st.none() | st.builds(
    lambda audience, reason: Placed("chat.x", Shape.BUTTON, "", "X", Content(), (audience,), reason),
    audiences,
    st.sampled_from(("", "options.chat.hidden.off")),
)
locales = st.sampled_from((("en",), ("de",), ("en", "de")))


def counted_exactly(people: list[tuple[frozenset[str], str]]) -> Facts:
    segments = [{"tags": [*sorted(having)], "locale": tag, "clients": 1} for having, tag in people]
    return facts_from_json({"firm": "oak", "currency": "EUR", "segments": segments})


def counted_by_tag(people: list[tuple[frozenset[str], str]]) -> Facts:
    body = {
        "all": len(people),
        "by_tag": {tag: sum(tag in having for having, _ in people) for tag in TAGS},
        "by_language": {tag: sum(tag == own for _, own in people) for tag in LANGUAGES},
    }
    return facts_from_json({"firm": "oak", "currency": "EUR", "clients": body})


@given(clients, st.sampled_from(EffectKind), blocks, blocks, locales)
def test_at_most_is_never_too_few_and_what_is_exact_is(
    people: list[tuple[frozenset[str], str]],
    kind: EffectKind,
    before: Placed | None,
    after: Placed | None,
    read: tuple[str, ...],
) -> None:
    """Seen to fail when the clients who lose a block were those with the tag instead of those without."""
    exact = Readers(counted_exactly(people), "en").reached(kind, (before, after), read)
    told = Readers(counted_by_tag(people), "en").reached(kind, (before, after), read)
    assert told.span.least <= exact.clients <= told.clients
    assert told.at_most or told.clients == exact.clients
    assert not exact.at_most


@given(clients, st.lists(st.tuples(st.sampled_from(EffectKind), blocks, blocks), max_size=4))
def test_several_effects_reach_each_client_once_and_never_more_than_there_are(
    people: list[tuple[frozenset[str], str]], effects: list[tuple[EffectKind, Placed | None, Placed | None]]
) -> None:
    exact, told = (
        together(
            [
                Readers(facts, "en").reached(kind, sides, ("en", "de"))
                for kind, *rest in effects
                for sides in [(rest[0], rest[1])]
            ],
            facts,
        )
        for facts in (counted_exactly(people), counted_by_tag(people))
    )
    assert exact <= told <= len(people)


@pytest.mark.parametrize(
    ("tag", "read"),
    [("de", "de"), ("de-AT", "de"), ("DE-ch", "de"), ("en-GB", "en"), ("fr", "de"), ("", "de")],
)
def test_a_language_that_is_not_spoken_is_read_in_one_that_is(tag: str, read: str) -> None:
    """The nearest, else the firm's first."""
    assert Readers(counted_exactly([]), "de").language(tag) == read


def test_each_kind_of_client_is_looked_through() -> None:
    readers = Readers(counted_by_tag([(frozenset(("vip",)), "fr"), (frozenset(("business",)), "de")]), "en")
    assert readers.kinds(frozenset(TAGS)) == sorted(
        (kind, locale)
        for kind in ((), ("business",), ("business", "vip"), ("vip",))
        for locale in ("de", "en")
    )
    assert readers.kinds(frozenset()) == [((), "de"), ((), "en")]


def test_exact_sets_of_tags_say_more() -> None:
    both = {"segments": [{"tags": [], "locale": "en", "clients": 3}], "clients": {"all": 7}}
    facts = facts_from_json({"firm": "oak", "currency": "EUR", **both})
    assert (facts.clients(), facts.counts) == (3, None)
    assert replace(facts, segments=()).clients() == 0
