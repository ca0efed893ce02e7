"""Every field's examples are taken by the portal and its rejects refused, as by the schema."""

from typing import Any

import pytest
from tests.commits import agreed

from portalsync.catalog import FIELDS
from portalsync.catalog.option import Field, ListField
from portalsync.commits import Commit
from portalsync.model.edit import Edit
from portalsync.server.judge import refusal
from portalsync.wire import Origin

LEAVES = [(path, field) for path, field in FIELDS.items() if isinstance(field, Field)]
LOGO = "profile.logo"


def answer(path: str, value: Any) -> str:
    writes = (Edit(path.replace("*", "some-id"), after=value),)
    refused = refusal(agreed(Commit(Origin.PLAN, "tester", "sha256:p", {}, writes, ())))
    return refused.problem.detail or "" if refused else ""


@pytest.mark.parametrize(("path", "field"), LEAVES, ids=[path for path, _ in LEAVES])
def test_examples_and_rejects(path: str, field: Field[object]) -> None:
    examples = ["data:image/png;base64,iVBORw0KGgo="] if path == LOGO else field.examples
    assert [answer(path, value) for value in examples] == [""] * len(examples)
    for value in field.rejects:
        assert answer(path, value).startswith("value-not-accepted"), value


@pytest.mark.parametrize(
    ("acknowledged", "taken"),
    [
        (("new-host:pay.example.com", "cleared-fields:30"), True),
        (tuple(map(str, range(1000))), True),
        (tuple(map(str, range(1001))), False),
        (("x" * 300,), True),
        (("x" * 301,), False),
        (("",), False),
        (("two\nlines",), False),
        (("\u202e",), False),
        (("twice", "twice"), False),
    ],
)
def test_what_is_acknowledged_fits_into_the_trail(acknowledged: tuple[str, ...], *, taken: bool) -> None:
    """Whatever another client says; a change by hand acknowledges nothing."""
    commit = Commit(Origin.PLAN, "tester", "sha256:p", {}, (), (), acknowledged)
    assert (refusal(commit) is None) == taken
    assert refusal(Commit(Origin.PORTAL, "tester", "", {}, (), (), acknowledged)) is not None


def test_every_path_may_be_claimed() -> None:
    claims = tuple(
        path.replace("*", "some-id") + (".*" if isinstance(field, ListField) else "")
        for path, field in FIELDS.items()
    )
    assert refusal(agreed(Commit(Origin.PLAN, "tester", "sha256:p", {}, (), claims))) is None
