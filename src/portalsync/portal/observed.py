"""A view that notes what is asked of it: what a block looked at, in the end, to be shown or hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, cast

from portalsync.model.facts import Facts
from portalsync.model.page import View
from portalsync.model.persona import Persona
from portalsync.model.settings import Keyed, Listed, Scope

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Settings by their whole path, facts and what is known of clients by the names of their fields; each in
    the order in which it was first asked for.
    """

    settings: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    client: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """What was asked for since they were last taken."""

    settings: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    client: dict[str, None] = field(default_factory=dict)

    def taken(self) -> LookedAt:
        kinds = (self.settings, self.facts, self.client)
        noted = LookedAt(*map(tuple, kinds))
        for each in kinds:
            each.clear()
        return noted


def observed(view: View) -> tuple[View, Notes]:
    """The same view, and the notes of what is asked of it."""
    notes = Notes()
    persona = cast("Persona", _noting(_NotingPersona, view.persona, notes.client))
    facts = cast("Facts", _noting(_NotingFacts, view.facts, notes.facts))
    settings = _NotingScope(view.settings, notes.settings)
    return View(view.firm, settings, facts, view.at, persona, view.locale), notes


class _NotingScope(Scope):
    """Notes paths from the firm's settings on, also of what is asked of the entries of its lists."""

    def __init__(self, plain: Scope, notes: dict[str, None], above: str = "") -> None:
        super().__init__(plain.tree, plain.id)
        for name, value in (("plain", plain), ("notes", notes), ("above", above)):
            object.__setattr__(self, name, value)

    plain: Scope
    notes: dict[str, None]
    above: str

    def __getitem__(self, key: Keyed[T]) -> T:
        self.notes[self.above + key.path] = None
        return self.plain[key]

    def entries(self, key: Listed) -> Sequence[Scope]:
        path = self.above + key.path
        self.notes[path] = None
        return [_NotingScope(each, self.notes, f"{path}.{each.id}.") for each in self.plain.entries(key)]


class _Noting:
    """Notes which fields are read, also by its own properties and methods."""

    names: frozenset[str]
    notes: dict[str, None]

    def __getattribute__(self, name: str) -> Any:
        if name in object.__getattribute__(self, "names"):
            object.__getattribute__(self, "notes")[name] = None
        return object.__getattribute__(self, name)


class _NotingPersona(_Noting, Persona):
    pass


class _NotingFacts(_Noting, Facts):
    pass


def _noting(kind: type[_Noting], plain: Persona | Facts, notes: dict[str, None]) -> _Noting:
    made = object.__new__(kind)
    names = frozenset(each.name for each in fields(plain))
    for name, value in (("names", names), ("notes", notes)):
        object.__setattr__(made, name, value)
    for name in names:
        object.__setattr__(made, name, getattr(plain, name))
    return made
