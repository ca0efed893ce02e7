"""The changes that a new version can ask for: each does the same to the data and to the text.

The text changes by positions only. Comments, quotes, line breaks and all other lines stay as they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from yaml.events import ScalarEvent

from portalsync.config.edit.draft import Draft, TextEdit
from portalsync.config.yaml import Path
from portalsync.model.json_value import JSON


class Alteration(Protocol):
    """`path` leads to what changes, in the data as the changes before have left it."""

    @property
    def path(self) -> Path: ...

    def in_data(self, data: JSON) -> JSON: ...

    def in_text(self, draft: Draft) -> Iterator[TextEdit]: ...


@dataclass(frozen=True, slots=True)
class Rename:
    """The key at `path` gets another name."""

    path: Path
    name: str

    def in_data(self, data: JSON) -> JSON:
        return replaced(data, self.path[:-1], lambda holder: _renamed(holder, str(self.path[-1]), self.name))

    def in_text(self, draft: Draft) -> Iterator[TextEdit]:
        yield _written(draft, draft.node(self.path).key, self.name)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The text at `path` becomes another."""

    path: Path
    text: str

    def in_data(self, data: JSON) -> JSON:
        return replaced(data, self.path, lambda _: self.text)

    def in_text(self, draft: Draft) -> Iterator[TextEdit]:
        yield _written(draft, draft.node(self.path).value, self.text)


def _renamed(holder: JSON, old: str, new: str) -> JSON:
    assert isinstance(holder, dict)  # noqa: S101 - a key has a mapping around it
    return {new if key == old else key: value for key, value in holder.items()}


def replaced(data: JSON, path: Path, change: Callable[[JSON], JSON]) -> JSON:
    """The data with another value at the path."""
    if not path:
        return change(data)
    step, *rest = path
    if isinstance(data, list) and isinstance(step, int):
        return [*data[:step], replaced(data[step], tuple(rest), change), *data[step + 1 :]]
    assert isinstance(data, dict)  # noqa: S101 - a path leads through lists and mappings
    return {
        key: replaced(value, tuple(rest), change) if key == step else value for key, value in data.items()
    }


def _written(draft: Draft, event: object, text: str) -> TextEdit:
    """Another word in the same quotes."""
    assert isinstance(event, ScalarEvent)  # noqa: S101 - only texts are written over
    quote = event.style if event.style in ("'", '"') else ""
    return TextEdit(draft.start(event), draft.end(event), f"{quote}{text}{quote}")
