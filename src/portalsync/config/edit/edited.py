"""Edits made to a file, and the proof on its data that they say what they should."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from portalsync.config.edit.draft import Draft, TextEdit
from portalsync.config.yaml import parse
from portalsync.errors import InvalidConfig
from portalsync.model.canonical import canonical
from portalsync.model.json_value import JSON

Step: TypeAlias = Callable[[Draft], Iterable[TextEdit]]
"""Edits that are made together."""


def edited(content: bytes, file: str, *steps: Step, intended: Callable[[JSON], JSON] | None = None) -> bytes:
    """The file after the steps, each of which sees what those before it left.

    `intended` gives the data that it has to hold then, of the data before; without it, the same data.
    InvalidConfig if the file cannot be read: such a file is left alone. AssertionError if the result
    says anything else than intended.
    """
    before = parse(content, file).data
    after = content
    for step in steps:
        draft = Draft(after, file)
        after = draft.edited(step(draft))
    if not says(after, file, intended(before) if intended else before):
        raise AssertionError(f"the edits of {file} would change what it says")
    return after


def says(content: bytes, file: str, data: JSON) -> bool:
    """Whether a file can be read and holds this data; the order of keys is no matter."""
    try:
        return canonical(parse(content, file).data) == canonical(data)
    except InvalidConfig:
        return False
