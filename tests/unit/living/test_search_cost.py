"""What a search costs grows with what a firm's layers say, and not faster: counted in steps, not timed."""

from tests.steps import steps
from tests.unit.config.test_resolve_cost import SIZE, TWICE_AS_MUCH, config, everything_anew

from portalsync.config.resolve import resolve
from portalsync.living.search import Query, hits
from portalsync.model.desired import Desired


def test_a_search_through_everything_is_linear() -> None:
    """Seen to fail when each setting's words were looked for among all that the layers say."""
    small, large = (resolve(config(size, everything_anew), "oak")[0] for size in (SIZE, 2 * SIZE))
    query = Query(contains="nowhere")

    def cost(of: Desired) -> int:
        return steps(lambda: [*hits(of, None, query, str)])

    cost(large)  # positions and patterns are kept
    assert cost(large) < TWICE_AS_MUCH * cost(small)
