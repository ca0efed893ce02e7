"""What portalsync manages of a firm: a set of settings paths, with prefixes."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from portalsync.model.canonical import bytes_digest, canonical
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings, parents

_FEW = 10
"""Lists that can all be looked at for each path; whoever claims more has each path looked up."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Paths of fields, and `path.*` for lists that are the whole truth: everything below is in the set."""

    paths: AbstractSet[str]

    @classmethod
    def of(cls, paths: Iterable[str]) -> "Claims":
        return cls(frozenset(paths))

    def __contains__(self, path: str) -> bool:
        return self.covering(path) is not None

    def covering(self, path: str) -> str | None:
        """The claim by which a path is managed: its own, or that of a list in which it stands."""
        if path in self.paths:
            return path
        for parent in parents(path):
            if (claim := f"{parent}.*") in self.paths:
                return claim
        return None

    def part_of(self, settings: Settings) -> dict[str, JSON]:
        """The part of `settings` that is managed."""
        paths = self.paths
        lists = tuple(claim[:-1] for claim in paths if claim.endswith(".*"))
        if len(lists) > _FEW:
            return {path: value for path, value in settings.items() if path in self}
        return {path: value for path, value in settings.items() if path in paths or path.startswith(lists)}

    def digest(self, settings: Settings, written: bytes = b"") -> str:
        """The digest that tells "in sync": what is managed, and the values it has. `written` are the settings
        as canonical JSON, where somebody has made that already.
        """
        part = self.part_of(settings)
        return self.digest_of(written if written and len(part) == len(settings) else canonical(part))

    def digest_of(self, values: bytes) -> str:
        """The same where the values that are managed are there as canonical JSON."""
        return bytes_digest(b'{"managed":%b,"values":%b}' % (canonical([*sorted(self.paths)]), values))
