"""Which firms a command is about."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from portalsync.errors import NothingSelected
from portalsync.lexicon import phrase
from portalsync.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Selection:
    """Firms by name, and all firms of some groups. To name neither is to mean every firm."""

    firms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def is_everyone(self) -> bool:
        return not self.firms and not self.groups

    def under(self, known_as: Mapping[str, str]) -> "Selection":
        """The same, each firm under the id that the portal has for it, by that of its file."""
        return Selection(tuple(known_as.get(firm, firm) for firm in self.firms), self.groups)

    def among(self, memberships: Mapping[str, Collection[str]]) -> frozenset[str]:
        """The selected ones of these firms, each given with its groups. NothingSelected for a name that
        stands for none of them.
        """
        if self.is_everyone:
            return frozenset(memberships)
        _check("firm", self.firms, memberships)
        _check("group", self.groups, {group for groups in memberships.values() for group in groups})
        wanted = {*self.groups}
        members = (firm for firm, groups in memberships.items() if not wanted.isdisjoint(groups))
        return frozenset({*self.firms, *members})


EVERYONE = Selection()


def _check(kind: str, named: Iterable[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            hint = did_you_mean(name, sorted(known)) or phrase(f"errors.selection.{kind}.hint")
            raise NothingSelected(phrase(f"errors.selection.{kind}.message", name=name), hint)
