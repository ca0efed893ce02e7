"""Law 10: schema and server accept and refuse the same values."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from tests.laws.examples import FACTS, VALUES, first_examples, layer_of, path_of, stored
from tests.laws.layers import FIRM, Layers, none_of, read

from portalsync.backend.protocol import Backend, Seed
from portalsync.catalog import FIELDS
from portalsync.catalog.conform import validator
from portalsync.catalog.kinds.basic import LINES
from portalsync.catalog.unset import UNSET
from portalsync.commits import Commit, Committed, Conditional, Problem
from portalsync.errors import InvalidConfig
from portalsync.model.canonical import digest
from portalsync.model.codec import encode
from portalsync.model.edit import Edit
from portalsync.model.json_value import JSON
from portalsync.server.in_process import open_embedded
from portalsync.wire import Origin


def _cases(name: str) -> list[Any]:
    """(pattern, value) of every field's `examples` or `rejects`."""
    return [
        pytest.param(pattern, value, id=f"{pattern}-{str(value)[:30]}")
        for pattern, field in VALUES.items()
        for value in getattr(field, name)
    ]


def _with_line_break(schema: Any, value: Any) -> Iterator[JSON]:
    """The value with a line break behind each text of it that is one line, one at a time."""
    if isinstance(value, str) and schema.get("pattern") != LINES.pattern:
        yield f"{value}\n"
    elif isinstance(value, list):
        for index, each in enumerate(value):
            for broken in _with_line_break(schema["items"], each):
                yield [*value[:index], broken, *value[index + 1 :]]
    elif isinstance(value, dict):
        for key, each in value.items():
            for broken in _with_line_break(schema["properties"][key], each):
                yield {**value, key: broken}


def _broken_lines() -> Iterator[Any]:
    """(pattern, value) of every example with a line break behind one of its one-line texts."""
    for pattern, field in VALUES.items():
        for example in field.examples:
            for value in _with_line_break(field.kind.schema(), example):
                yield pytest.param(pattern, value, id=f"{pattern}-{str(value)[:30]!r}")


@pytest.mark.parametrize(("pattern", "value"), _cases("examples"))
def test_examples_are_accepted(pattern: str, value: JSON, portal: Backend) -> None:
    """By the schema of layers and by the server.

    Seen to fail when the pattern of telephone numbers lost its space: both refused `+49 30 5550100`.
    """
    read(Layers(firm=layer_of(pattern, value)).files())
    answer = _commit(portal, pattern, stored(pattern, value))
    assert isinstance(answer, Committed), answer


@pytest.mark.parametrize(("pattern", "value"), [*_cases("rejects"), *_broken_lines()])
def test_rejects_are_refused(pattern: str, value: JSON, portal: Backend) -> None:
    """By the schema of layers and by the server, a line break behind a one-line text among them.

    Seen to fail when `pattern` was left to Python's `re`, whose `$` stands before a last line break.
    """
    with pytest.raises(InvalidConfig):
        read(Layers(firm=layer_of(pattern, value)).files())
    _assert_refused(_commit(portal, pattern, value))


@pytest.mark.parametrize("pattern", VALUES)
def test_null_is_for_layers_only(pattern: str, portal: Backend) -> None:
    """A layer may stop inheriting anything but what a list that is the whole truth has; the server holds no
    null.

    Seen to fail when the server judged values by the schema of layers.
    """
    left = None in none_of(FIELDS[pattern], pattern)
    with nullcontext() if left else pytest.raises(InvalidConfig):
        read(Layers(firm=layer_of(pattern, None)).files())
    _assert_refused(_commit(portal, pattern, None))


@pytest.mark.parametrize("pattern", VALUES)
def test_unset_is_the_value_of_no_field(pattern: str, portal: Backend) -> None:
    """Else nobody could tell the value from its absence; the server takes none for it either."""
    kind = VALUES[pattern].kind
    assert not validator(kind.schema()).is_valid({UNSET: True})
    _assert_refused(_commit(portal, pattern, {UNSET: True}))


def _assert_refused(answer: Committed | Problem) -> None:
    assert isinstance(answer, Problem)
    assert (answer.status, answer.type) == (422, "invalid-settings")
    assert str(answer.detail).startswith("value-not-accepted: ")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A firm that has the first example of every field."""
    backend = open_embedded(tmp_path_factory.mktemp("portal") / "portal.db", Seed({FIRM: FACTS}))
    writes = tuple(Edit(path_of(pattern), after=value) for pattern, value in first_examples().items())
    [answer] = backend.commit([_conditional(backend, writes)])
    assert isinstance(answer, Committed), answer
    yield backend
    backend.close()


def _commit(portal: Backend, pattern: str, value: JSON) -> Committed | Problem:
    """The answer to setting one field; the portal has the first examples again afterwards."""
    path = path_of(pattern)
    before = portal.state(FIRM).settings[path]
    [answer] = portal.commit([_conditional(portal, (Edit(path, before, value),))])
    if isinstance(answer, Committed):
        [back] = portal.commit([_conditional(portal, (Edit(path, value, before),))])
        assert isinstance(back, Committed), back
    return answer


def _conditional(portal: Backend, writes: tuple[Edit, ...]) -> Conditional:
    generation = portal.state(FIRM).generation
    commit = Commit(Origin.PORTAL, "somebody", "", {}, writes, ())
    return Conditional(FIRM, generation, digest([generation, *(encode(write) for write in writes)]), commit)
