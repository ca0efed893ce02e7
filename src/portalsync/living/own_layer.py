"""What a firm's own layer has to say so that its files want what its portal has."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portalsync.catalog import FIELDS, pattern_of
from portalsync.catalog.kinds.image import Image
from portalsync.catalog.option import Field
from portalsync.config.edit.layer import NOT_SET, REMOVED, LayerEdit
from portalsync.model.desired import Desired, firm_layer
from portalsync.model.edit import ABSENT
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings

NamePicture = Callable[[str], str]
"""The file for a picture as it is stored."""


def own_edits(
    desired: Desired, live: Settings, paths: Iterable[str], picture: NamePicture
) -> Iterator[LayerEdit]:
    """What the firm's own layer says then of these settings paths: what they have on the portal, or that they
    are not set there. What shared layers say may come through where it says less than before: resolved anew,
    the files may ask for more.
    """
    wanted = _Wanted(desired, live, picture)
    yield from {edit.path: edit for edit in map(wanted.edit, paths)}.values()


@dataclass(frozen=True, slots=True)
class _Wanted:
    desired: Desired
    live: Settings
    picture: NamePicture

    def edit(self, path: str) -> LayerEdit:
        if path in self.live:
            return LayerEdit(path, self._spelt(path, self.live[path]))
        for entry in entries_around(path):
            if self._is_gone(entry, path):
                return LayerEdit(entry, REMOVED if self._is_shared(entry) else ABSENT)
        is_listed = (self.desired.managed.covering(path) or path) != path
        return LayerEdit(path, NOT_SET if not is_listed or self._is_shared(path) else ABSENT)

    def _spelt(self, path: str, value: JSON) -> JSON:
        field = FIELDS[pattern_of(path)]
        is_picture = isinstance(field, Field) and isinstance(field.kind, Image)
        return self.picture(str(value)) if is_picture else value

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


def entries_around(path: str) -> Iterator[str]:
    """The entries of lists that a settings path is in, outermost first."""
    steps, places = path.split("."), pattern_of(path).split(".")
    return (".".join(steps[: number + 1]) for number, place in enumerate(places) if place == "*")
