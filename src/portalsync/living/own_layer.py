"""What a firm's own layer has to say so that its files want what its portal has."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.kinds.image import Image
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.spelling import with_line_feeds
from portalsync.catalog.normal import spelt_as
from portalsync.catalog.option import Field
from portalsync.config.edit.layer import NOT_SET, REMOVED, LayerEdit, said_in
from portalsync.model.desired import Desired, firm_layer
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings, parents

NamePicture = Callable[[str], str]
"""The file for a picture as it is stored."""


def own_edits(
    desired: Desired, own: JSON, live: Settings, paths: Iterable[str], picture: NamePicture
) -> Iterator[LayerEdit]:
    """What the firm's own layer says then of these settings paths: what they have on the portal, or that they
    are not set there. `own` is what it says now. What shared layers say may come through where it says less
    than before: resolved anew, the files may ask for more.
    """
    wanted = _Wanted(desired, own, live, picture)
    edits = {edit.path: edit for edit in map(wanted.edit, paths)}
    yield from (edit for path, edit in edits.items() if not any(each in edits for each in parents(path)))


@dataclass(frozen=True, slots=True)
class _Wanted:
    desired: Desired
    own: JSON
    live: Settings
    picture: NamePicture

    def edit(self, path: str) -> LayerEdit:
        if path in self.live:
            return LayerEdit(path, as_in_files(path, self.live[path], self.picture, said_in(self.own, path)))
        for entry in entries_around(path):
            if self._is_gone(entry, path):
                return LayerEdit(entry, REMOVED if self._is_shared(entry) else ABSENT)
        is_listed = (self.desired.managed.covering(path) or path) != path
        return LayerEdit(path, NOT_SET if not is_listed or self._is_shared(path) else ABSENT)

    def _is_gone(self, entry: str, path: str) -> bool:
        """Whether the portal has nothing of an entry, and its list, or the field, cannot do without."""
        if any(each.startswith(f"{entry}.") for each in self.live):
            return False
        field = FIELDS[pattern_of(path)]
        is_listed = self.desired.managed.covering(entry) not in (None, entry)
        return is_listed or (isinstance(field, Field) and field.required)

    def _is_shared(self, path: str) -> bool:
        """Whether layers that other firms have too say something of it."""
        own = firm_layer(self.desired.firm)
        return any(
            each.layer != own and (each.path == path or each.path.startswith(f"{path}."))
            for each in self.desired.statements
        )


def as_in_files(path: str, value: JSON, picture: NamePicture, held: JSON | Absent = ABSENT) -> JSON:
    """A value as layers spell it: as the layer that holds one does, wherever that is the same."""
    field = FIELDS[pattern_of(path)]
    if not isinstance(field, Field) or isinstance(field.kind, Image):
        return picture(str(value))
    kind = field.kind
    before = held if held is not ABSENT and type(held) is type(value) else ABSENT
    spelt = value if before is ABSENT else spelt_as(path, before, value)
    if isinstance(spelt, dict):
        texts = before if isinstance(before, dict) else {}
        return {key: _ended(each, texts.get(key, kind.markdown), kind) for key, each in spelt.items()}
    return _ended(spelt, before, kind)


def _ended(text: JSON, held: JSON | Absent, kind: Kind[object]) -> JSON:
    """A text with a line end at its end, where the one before it has one or, of several lines, there is none
    (True): people write it so below a `|`, and it says the same.
    """
    if not isinstance(text, str):
        return text
    text = with_line_feeds(text)
    if text.endswith("\n"):
        return text
    is_usual = "\n" in text if held is True else isinstance(held, str) and held.endswith("\n")
    longer: JSON = f"{text}\n"
    unchanged = kind.normal({"en": longer}) == {"en": text} or kind.normal(longer) == text
    return longer if is_usual and unchanged else text


def entries_around(path: str) -> Iterator[str]:
    """The entries of lists that a settings path is in, outermost first."""
    steps, places = path.split("."), pattern_of(path).split(".")
    return (".".join(steps[: number + 1]) for number, place in enumerate(places) if place == "*")
