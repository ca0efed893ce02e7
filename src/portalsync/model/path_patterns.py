"""Settings paths as people name them: each stands for all that is below it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class PathPatterns:
    """Settings paths, each with all that is below it; `*` stands for letters of one part of a path."""

    patterns: frozenset[str] = frozenset()

    def __contains__(self, path: str) -> bool:
        return bool(self.patterns) and _form(self.patterns).match(path) is not None

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "PathPatterns":
        return cls(frozenset(patterns))


NO_PATHS = PathPatterns()


@lru_cache(100)
def _form(patterns: frozenset[str]) -> re.Pattern[str]:
    """Each part of a path has one `*` at most, so that nothing is tried twice."""
    either = "|".join(re.escape(each).replace(r"\*", r"[^.]*") for each in sorted(patterns))
    return re.compile(rf"(?:{either})(?:\.|\Z)")
