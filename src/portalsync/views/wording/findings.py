"""What the formats for other programs share: order, wording and identity of findings."""

from collections import Counter
from collections.abc import Iterator, Sequence

from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import Lexicon, Text, counted, phrase
from portalsync.views.wording.names import first_names
from portalsync.visible import visible


def sentences(diagnostic: Diagnostic, lexicon: Lexicon) -> Iterator[str]:
    """What is wrong, what was expected and what to do, a line each; nothing invisible in them."""
    yield visible(lexicon.say(diagnostic.message))
    yield from (f"{line[:1].upper()}{line[1:]}" for line in notes(diagnostic, lexicon))


def notes(diagnostic: Diagnostic, lexicon: Lexicon) -> Iterator[str]:
    """The lines below the message, each behind a word and a colon."""
    firms = counted("problems.in_firms", len(diagnostic.firms), firms=first_names(diagnostic.firms))
    lines = {"concerns": diagnostic.firms and firms, "expected": diagnostic.expected, "help": diagnostic.hint}
    for name, text in lines.items():
        if text:
            yield f"{lexicon(f'problems.{name}')}: {visible(lexicon.say(text))}"


def tally(numbers: Counter[Severity]) -> Text:
    """`2 errors and 1 warning`; what there is none of is left out, unless there is nothing at all."""
    each = {f"{severity}s": counted(f"problems.{severity}s", numbers[severity]) for severity in Severity}
    if all(numbers[severity] for severity in Severity):
        return phrase("problems.and", **each)
    return each["warnings" if numbers[Severity.WARNING] else "errors"]


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """An identity for each, the same in the next run although lines above it come or go.

    Equal findings in equal lines are told apart by their order.
    """
    seen: Counter[str] = Counter()
    return [_fingerprint(each, seen) for each in diagnostics]


def _fingerprint(diagnostic: Diagnostic, seen: Counter[str]) -> str:
    from hashlib import sha256  # noqa: PLC0415 - 2 ms; --help has no findings

    position = diagnostic.position
    about = repr((diagnostic.code, position.file, diagnostic.path, position.source.strip()))
    seen[about] += 1
    return sha256(f"{about} {seen[about]}".encode()).hexdigest()
