"""How a command may end, and what a portal must be afterwards, whatever happened."""

from tests.cli.conftest import DATABASE, Result
from tests.laws.portals import NOW

from portalsync.errors import ExitCode
from portalsync.server.store import Store


def hold(done: Result, *of: object) -> None:
    """It ended as the table of exit codes has it, with a sentence."""
    assert done.code in {*ExitCode} - {ExitCode.BUG}, (of, done.err)
    assert done.code == ExitCode.DONE or done.err.strip() or "✗" in done.out, of


def check_whole(*of: object) -> None:
    """Nothing is half there."""
    store = Store.open(DATABASE, lambda: NOW)
    assert store.verify_audit("oak") == (), of
    store.close()
