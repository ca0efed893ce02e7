"""Markdown with a budget: cut by whole entries, with the number of what is left out, never silently."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from portalsync.lexicon import Lexicon, how_many
from portalsync.views.formats.markdown import markdown_heading, markdown_item
from portalsync.views.report import Section

_RESERVE = 1000
"""Bytes for the sentence about the cut and for closing what is open."""
_MOST_LINES = 24


@dataclass(frozen=True, slots=True)
class Portion:
    """One change with everything below it. `heading` stands once above entries that share it; `fold`
    names the part that opens with a click, if they are in one.
    """

    text: str
    heading: str = ""
    fold: str = ""


Cut = Callable[[int, int], str]
"""The sentence for: so many shown, of so many."""


def entries_of(sections: Iterable[Section], lexicon: Lexicon, fold: str = "") -> Iterator[Portion]:
    """The items of sections, each with its heading."""
    for section in sections:
        heading = markdown_heading(section, lexicon) if section.title else ""
        for item in section.items:
            yield Portion("\n".join(markdown_item(item, lexicon)), heading, fold)


def fitted(head: str, entries: Iterable[Portion], foot: str, budget: int, cut: Cut) -> str:
    """`head`, as many entries as fit, `foot`: at most `budget` bytes of UTF-8. Of entries no more is held."""
    whole, short, number = _Held(budget), _Held(budget), 0
    for number, entry in enumerate(entries, 1):  # noqa: B007 - how many there were
        whole.take(entry)
        short.take(_shortened(entry))
    if not whole.is_full:
        text = _laid_out(head, whole.entries, foot)
        if _size(text) <= budget:
            return text
    room = budget - _RESERVE - _size(head) - _size(foot)
    shown = [*_that_fit(short.entries, room)]
    return _laid_out(f"{head}\n{cut(len(shown), number)}\n", shown, foot)


@dataclass
class _Held:
    """The first entries, until there are more than can fit."""

    budget: int
    entries: list[Portion] = field(default_factory=list)
    size: int = 0

    @property
    def is_full(self) -> bool:
        return self.size > self.budget

    def take(self, entry: Portion) -> None:
        if not self.is_full:
            self.size += _size(entry.text)
            self.entries.append(entry)


def _shortened(entry: Portion) -> Portion:
    """Without most of its lines if they are very many, as what each of a thousand firms says: they would take
    the room of all other entries.
    """
    lines = entry.text.split("\n")
    most = how_many(len(lines), _MOST_LINES)
    rest = len(lines) - most
    return replace(entry, text="\n".join([*lines[:most], f"  - … (+{rest})"])) if rest > 0 else entry


def _that_fit(entries: Iterable[Portion], room: int) -> Iterator[Portion]:
    """The first entries that fit with what stands above them; the first that does not ends it."""
    above = None
    for entry in entries:
        room -= _size("\n".join([*_above(above, entry), entry.text, ""]))
        if room < 0:
            return
        above = entry
        yield entry


def _laid_out(head: str, entries: Sequence[Portion], foot: str) -> str:
    lines = [head.rstrip("\n")]
    above = None
    for entry in entries:
        lines += [*_above(above, entry), entry.text]
        above = entry
    lines += _closed(above)
    lines += ["", foot] if foot else []
    return "\n".join(lines) + "\n"


def _above(above: Portion | None, entry: Portion) -> list[str]:
    """The lines between two entries: the end of a fold, the beginning of one, a heading."""
    if above is not None and (above.fold, above.heading) == (entry.fold, entry.heading):
        return []
    lines = [""]
    if above is None or above.fold != entry.fold:
        lines = [*_closed(above), ""]
        lines += ["<details>", f"<summary>{entry.fold}</summary>", ""] if entry.fold else []
    return [*lines, entry.heading, ""] if entry.heading else lines


def _closed(entry: Portion | None) -> list[str]:
    return ["", "</details>"] if entry is not None and entry.fold else []


def _size(text: str) -> int:
    return len(text.encode())
