"""Adding to the files that a workflow collects, such as its summary."""

from pathlib import Path

from portalsync.errors import OutputFailed


def append_file(path: Path, text: str) -> None:
    """OutputFailed if it cannot be added."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise OutputFailed(f"{path} could not be written: {error.strerror}") from error
