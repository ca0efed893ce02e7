"""YAML as many hands leave it: the same data in any style, with comments and blank lines anywhere."""

from dataclasses import dataclass
from random import Random
from typing import Any

from portalsync.config.edit import written
from portalsync.model.json_value import JSON


def messy(data: JSON, chance: Random) -> str:
    """A file that says this, a mapping."""
    return "".join(f"{line}\n" for line in _Hand(chance).lines(data))


@dataclass(frozen=True)
class _Hand:
    chance: Random

    def lines(self, value: Any) -> list[str]:
        if isinstance(value, dict):
            return [line for key, each in value.items() for line in self.entry(key, each)]
        return [line for each in value for line in self.item(each)]

    def entry(self, key: str, value: Any) -> list[str]:
        return [*self.between(), *self.below(f"{written.scalar(key)}:", value)]

    def item(self, value: Any) -> list[str]:
        if not isinstance(value, dict) or not value or self.rarely():
            return [*self.between(), *self.below("-", value)]
        by = self.chance.randint(1, 3)
        first, *rest = self.compact(value)
        return [*self.between(), f"-{' ' * by}{first}", *written.indented(rest, by + 1)]

    def compact(self, value: dict[str, Any]) -> list[str]:
        """The lines of a mapping, of which the first one is its first key."""
        (key, first), *rest = value.items()
        return [*self.below(f"{written.scalar(key)}:", first), *self.lines(dict(rest))]

    def below(self, head: str, value: Any) -> list[str]:
        if isinstance(value, str) and written.is_block_text(value) and self.chance.random() < 0.5:
            sign = written.block_header(value)
            text = written.indented(value.removesuffix("\n").split("\n"), self.chance.randint(1, 6))
            return [f"{head} {sign}{self.comment()}", *text, *([""] if self.rarely() else [])]
        if isinstance(value, str) and written.is_block_text(value) and "\n " not in value:
            sign = ">" if value.endswith("\n") else ">-"
            text = value.removesuffix("\n").split("\n")
            folded = [part for line in text for part in ("", *(self.broken(line) if line else ()))][1:]
            return [f"{head} {sign}{self.comment()}", *written.indented(folded, self.chance.randint(1, 6))]
        if isinstance(value, dict | list) and value and not self.rarely():
            is_list = isinstance(value, list)
            by = self.chance.randint(0 if is_list and head != "-" else 1, 4)
            return [f"{head}{self.comment()}", *written.indented(self.lines(value), by)]
        return [f"{head} {self.flow(value)}{self.comment()}"]

    def broken(self, line: str) -> list[str]:
        """Anywhere between words."""
        words = line.split(" ")
        at = self.chance.randint(0, len(words))
        halves = [" ".join(words[:at]), " ".join(words[at:])]
        return [line] if "" in words or "" in halves else halves

    def flow(self, value: Any) -> str:
        blank = self.chance.choice(("", " "))
        if isinstance(value, dict):
            parts = [f"{written.scalar(key, in_flow=True)}: {self.flow(each)}" for key, each in value.items()]
            return "{" + blank + ", ".join(parts) + blank + "}"
        if isinstance(value, list):
            return "[" + blank + ",  ".join(map(self.flow, value)) + blank + "]"
        return written.scalar(value, in_flow=True, style=self.chance.choice(("", "'", '"')))

    def between(self) -> list[str]:
        return [self.chance.choice(("", "# note", "   # far: off"))] if self.rarely() else []

    def comment(self) -> str:
        return self.chance.choice((" # why", "  ", "   # {x: 'y")) if self.rarely() else ""

    def rarely(self) -> bool:
        return self.chance.random() < 0.2


def comments(text: str) -> int:
    return sum(text.count(each) for each in ("# note", "# far: off", "# why", "# {x: 'y"))
