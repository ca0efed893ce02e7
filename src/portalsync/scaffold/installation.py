"""The file by which others install the portalsync that is installed here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from portalsync.scaffold.pins import pins_of
from portalsync.scaffold.source import Source, source_of

_NAME = "portalsync"


@dataclass(frozen=True, slots=True)
class Installation:
    """`pins` is the version of each distribution that is needed besides, `hashes` what its files hash to."""

    source: Source
    pins: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def requirements(self, note: Callable[[str], str]) -> str:
        """As pip reads it. `note` gives the text of a note: `source`, `nowhere` or `missing`."""
        own = self.source.requirement
        notes = note("source" if own else "nowhere").strip().splitlines()
        lines = [*(f"# {line}" for line in notes), *self._entry(own or note("missing"), self._own_hashes)]
        for name, version in self.pins.items():
            lines += self._entry(f"{name}=={version}", self.hashes.get(name, ()))
        return "\n".join(lines)

    @property
    def _own_hashes(self) -> tuple[str, ...]:
        return self.hashes.get(_NAME, self.source.hashed) if self.hashes else ()

    @staticmethod
    def _entry(requirement: str, hashes: tuple[str, ...]) -> Iterator[str]:
        yield " \\\n    ".join((requirement, *(f"--hash={each}" for each in hashes)))


def installation(ask_index: Callable[[Mapping[str, str]], Mapping[str, tuple[str, ...]]]) -> Installation:
    """`ask_index` is not called where pip cannot hold every line to a hash."""
    source, pins = source_of(_NAME), pins_of(_NAME)
    if pins is None or not source.can_be_held:
        return Installation(source, pins or {})
    version = {_NAME: source.requirement.partition("==")[2]} if source.from_index else {}
    return Installation(source, pins, ask_index({**version, **pins}))
