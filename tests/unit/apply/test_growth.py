"""An apply of four times as many firms is four times the work."""

from functools import partial

from tests.agreeable import applying
from tests.steps import steps


def test_an_apply_grows_with_its_firms_and_no_faster() -> None:
    """Seen to fail when each batch put together anew what was accepted for all firms."""
    applying(100)
    few, many = (steps(partial(applying, firms)) for firms in (300, 1200))
    assert many < 4.03 * few
