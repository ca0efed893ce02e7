"""What files leave to others, held against what there is, and against what the files say all the same."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from portalsync.catalog.entries import whole_entry
from portalsync.catalog.files.ignore import IGNORE, is_known, known_patterns
from portalsync.config.document import Document
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import phrase
from portalsync.model.desired import Desired
from portalsync.model.path_patterns import PathPatterns
from portalsync.suggest import did_you_mean


def wrong_ignored(document: Document) -> Iterator[Diagnostic]:
    """Patterns for which there is no setting, or only a piece of what goes and comes as one."""
    for index, pattern in enumerate(document.data.get(IGNORE, ())):
        position = document.parsed.value_position((IGNORE, index))
        if not is_known(pattern):
            yield Diagnostic(
                "ignore-unknown",
                phrase("findings.ignore-unknown.message", path=pattern),
                position,
                hint=did_you_mean(pattern, known_patterns()) or phrase("findings.ignore-unknown.hint"),
            )
        elif entry := whole_entry(pattern):
            yield Diagnostic(
                "ignore-inside-entry",
                phrase("findings.ignore-inside-entry.message", path=pattern),
                position,
                expected=entry,
                hint=phrase("findings.ignore-inside-entry.hint"),
            )


def without_ignored(desired: Desired, layers: Mapping[str, Document]) -> tuple[Desired, list[Diagnostic]]:
    """What is left of a firm's wishes, and warnings about lines that say something in vain: what a layer
    leaves to others neither it nor any above can set. `layers` have their names, lowest first.
    """
    said = {name: PathPatterns.of(each.data.get(IGNORE, ())) for name, each in layers.items()}
    ignored = PathPatterns.of(pattern for each in said.values() for pattern in each.patterns)
    if not ignored.patterns:
        return desired, []
    rest = replace(
        desired,
        values={path: each for path, each in desired.values.items() if path not in ignored},
        claims={claim: at for claim, at in desired.claims.items() if claim.removesuffix(".*") not in ignored},
        previously={entry: each for entry, each in desired.previously.items() if entry not in ignored},
        ignored=ignored,
    )
    return rest, [*_in_vain(desired, said)]


def ignoring(layers: Mapping[str, Document], path: str) -> tuple[str, Position] | None:
    """The first of the layers that leaves a settings path to others, and the line that says so."""
    for name, document in layers.items():
        for index, pattern in enumerate(document.data.get(IGNORE, ())):
            if path in PathPatterns.of([pattern]):
                return name, document.parsed.value_position((IGNORE, index))
    return None


def _in_vain(desired: Desired, said: Mapping[str, PathPatterns]) -> Iterator[Diagnostic]:
    names = [*said]
    for path, statement in desired.values.items():
        up_to_it = names[: names.index(statement.layer) + 1]
        if any(path in said[name] for name in up_to_it):
            yield Diagnostic(
                "ignore-in-vain",
                phrase("findings.ignore-in-vain.message", path=path),
                statement.position,
                Severity.WARNING,
                hint=phrase("findings.ignore-in-vain.hint", key=IGNORE),
                path=path,
            )
