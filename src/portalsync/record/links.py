"""No links among records: what one leads to is shown by no review, and would be read and written there."""

from pathlib import Path

from portalsync.errors import BackendError
from portalsync.lexicon import Foreign, phrase


def check_no_link(*paths: Path) -> None:
    """BackendError for the first that is one, wherever it leads."""
    for path in paths:
        if path.is_symlink():
            raise BackendError(
                phrase("errors.record.link.message", file=Foreign(str(path))),
                phrase("errors.record.link.hint"),
            )
