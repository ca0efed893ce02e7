"""Where a mistake begins that the parser notices only later: found by mending it.

What somebody may have got wrong is a mistake if the text can be read further without it. So the line that is
named is the wrong one, and what is told to be written can be read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from portalsync.config.yaml import mistakes
from portalsync.config.yaml.careful import Reading, read_carefully
from portalsync.config.yaml.indentation import misplaced, not_below
from portalsync.config.yaml.mistakes import Mistake
from portalsync.config.yaml.quotes import of_quotes
from portalsync.config.yaml.source import SOURCE_WIDTH, Source
from portalsync.diagnostics import Diagnostic
from portalsync.lexicon import Phrase, Text, counted, phrase

_STUMBLES = ("yaml.syntax.", "yaml.too-far-left.", "yaml.key.missing.")
"""What is said where the parser stumbles over something that may have begun elsewhere."""
_MOST_READ = 1_000_000
"""Characters that are read in search of what is wrong with one file."""
_MOST_MISTAKES = 20
_LARGEST = 100_000
"""Characters of a file in which mistakes are looked for."""
_LONGEST_LINE = 500
"""The same of a line."""
_LINES_ABOVE = 60
"""How far above the line at which the parser stops a mistake is looked for."""
_GUESSES: Sequence[Callable[[Sequence[str], int], Iterator[Mistake]]] = (
    mistakes.of_blanks,
    mistakes.of_comments,
    of_quotes,
    mistakes.of_dashes,
    mistakes.of_colons,
    mistakes.of_brackets,
    mistakes.of_long_texts,
)
"""The likelier first, where several would do."""
_IN_COLUMNS = ("misplaced", "not-below")
"""Mistakes of where a line begins."""
_END = (10**9, 0)
_Stop: TypeAlias = tuple[int, int]


def mended_findings(source: Source, reading: Reading) -> tuple[Diagnostic, ...]:
    """What is wrong with a text, told where it begins; as it was found where nobody knows better."""
    if conflict := _conflict(source):
        return (conflict,)
    search = _Search(source.lines, source, reading)
    while len(source.text) <= _LARGEST and len(search.mistakes) < _MOST_MISTAKES and search.goes_on():
        pass
    if not search.mistakes:
        return reading.findings
    worded = (_worded(source, each) for each in search.mistakes.values() if not search.goes_along(each))
    others = (each for each in search.reading.findings if not _is_stumble(each))
    return (*worded, *(each for each in others if each.position.line - 1 not in search.mistakes))


def _conflict(source: Source) -> Diagnostic | None:
    """Two versions of a file in one, as git leaves them where it cannot decide."""
    lines = source.lines
    begun = next((number for number, line in enumerate(lines) if line.startswith("<<<<<<< ")), None)
    if begun is None or not any(line.startswith(">>>>>>> ") for line in lines[begun:]):
        return None
    message, hint = phrase("yaml.mistakes.conflict"), phrase("yaml.mistakes.conflict-hint")
    return Diagnostic("yaml-syntax", message, source.position(begun, 0, len(lines[begun])), hint=hint)


@dataclass
class _Search:
    """A text on its way to one that can be read; `lines` are as they were written."""

    lines: Sequence[str]
    source: Source
    reading: Reading
    mistakes: dict[int, Mistake] = field(default_factory=dict)
    """By the line that is mended."""
    left: int = _MOST_READ

    def goes_on(self) -> bool:
        """Mend the first thing that is wrong, if it is known how."""
        stop = _stop(self.reading)
        works = [*self._working(stop)] if stop < _END else []
        if not works:
            return False
        _, mistake, self.source, self.reading = max(works, key=lambda each: each[0][0])
        first = self.mistakes.get(mistake.mended_line, mistake)
        self.mistakes[mistake.mended_line] = replace(first, mended=mistake.mended)
        return True

    def goes_along(self, mistake: Mistake) -> bool:
        """Whether it is a further line of a text that stands too far left as a whole."""
        above = self.mistakes.get(mistake.mended_line - 1)
        return mistake.name == "misplaced" and above is not None and above.name in _IN_COLUMNS

    def _working(self, stop: _Stop) -> Iterator[tuple[_Stop, Mistake, Source, Reading]]:
        """Mistakes without which the text can be read further, and how far."""
        for mistake in _guesses(self.source.lines, stop[0]):
            self.left -= len(self.source.text)
            if self.left < 0:
                return
            source = _without(mistake, self.source)
            reading = read_carefully(source)
            reached, longer = _stop(reading), len(source.text) - len(self.source.text)
            if reached > (stop[0], stop[1] + max(longer, 0)):
                yield reached, mistake, source, reading
            if reached == _END:
                return


def _stop(reading: Reading) -> _Stop:
    """Where the parser first stumbles, counted from 0."""
    positions = (each.position for each in reading.findings if _is_stumble(each))
    return min(((each.line - 1, each.column - 1) for each in positions), default=_END)


def _is_stumble(finding: Diagnostic) -> bool:
    return isinstance(finding.message, Phrase) and finding.message.key.startswith(_STUMBLES)


def _guesses(lines: Sequence[str], stopped: int) -> Iterator[Mistake]:
    """Those nearest to where the parser stops come first, of each sort."""
    near = range(min(stopped, len(lines) - 1), max(stopped - _LINES_ABOVE, -1), -1)
    short = [number for number in near if len(lines[number]) <= _LONGEST_LINE]
    for guess in _GUESSES:
        for number in short:
            yield from guess(lines, number)
    yield from not_below(lines, stopped)
    yield from misplaced(lines, stopped)


def _without(mistake: Mistake, source: Source) -> Source:
    lines = [*source.lines]
    lines[mistake.mended_line] = mistake.mended
    return Source(source.file, "\n".join(lines))


def _worded(source: Source, mistake: Mistake) -> Diagnostic:
    code = "yaml-indentation" if mistake.name in _IN_COLUMNS else "yaml-syntax"
    return Diagnostic(
        code,
        phrase(f"yaml.mistakes.{mistake.name}", sign=mistake.sign, column=str(mistake.column + 1)),
        source.position(mistake.line, mistake.column, mistake.length),
        hint=_hint(mistake),
    )


def _hint(mistake: Mistake) -> Text:
    written, line = mistake.mended.strip(), str(mistake.mended_line + 1)
    if mistake.name in _IN_COLUMNS:
        return _spaces(mistake)
    if mistake.name == "odd-blank":
        return phrase("yaml.mistakes.odd-blank-hint")
    if len(written) > SOURCE_WIDTH:
        return ""
    if mistake.line == mistake.mended_line:
        return phrase("yaml.mistakes.write", text=written)
    return phrase("yaml.mistakes.write-in", text=written, line=line)


def _spaces(mistake: Mistake) -> Text:
    column, like = len(mistake.mended) - len(mistake.mended.lstrip(" ")), str(mistake.like + 1)
    if not column:
        return phrase("yaml.mistakes.misplaced-left", line=like)
    return counted(f"yaml.mistakes.{mistake.name}-hint", column, line=like)
