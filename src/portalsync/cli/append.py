"""Adding to the files that a workflow collects, such as its summary."""

from pathlib import Path

from portalsync.errors import OutputFailed, reason
from portalsync.lexicon import phrase


def append_file(path: Path, text: str) -> None:
    """OutputFailed if it cannot be added."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        told = phrase("errors.file.not-extended.message", file=str(path), reason=reason(error))
        raise OutputFailed(told) from error
