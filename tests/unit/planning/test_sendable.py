"""Whether a portal would take a firm's part is the same as for the commit that would be sent."""

from dataclasses import replace

import pytest
from tests.unit.views.test_comment import change, firm

from portalsync.commits import Commit, Conditional
from portalsync.model.apart import apart_of
from portalsync.model.edit import Edit
from portalsync.planning.sendable import is_sendable
from portalsync.wire import LARGEST_BODY, Origin

ROOM = LARGEST_BODY - 32 * 1024


@pytest.mark.parametrize("text", ["x", "ü"])
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(
    ("beyond", "fits"), [(-ROOM // 2 - 4096, True), (-4096, True), (0, True), (1, False)]
)
def test_it_is_measured_where_it_might_be_too_much(beyond: int, text: str, *, both: bool, fits: bool) -> None:
    """Seen to fail when parts of less than twice the room went unmeasured."""

    def part_of(size: int, rest: int) -> tuple[bytes, bool]:
        before = "y" + text * size if both else ""
        edit = Edit("profile.logo", before, text * size + "z" * rest)
        part = firm(1, changes=(replace(change(), edit=edit),), effects=())
        commit = Commit(Origin.PLAN, "", "", {}, part.edits, part.managed)
        return Conditional(part.id, part.generation, "", commit).body, is_sendable(part, apart_of(part))

    each, empty = (len(part_of(size, 0)[0]) for size in (1, 0))
    size, rest = divmod(ROOM + beyond - empty, each - empty)
    body, sendable = part_of(size, rest)
    assert (len(body), sendable) == (ROOM + beyond, fits)
