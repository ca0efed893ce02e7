"""Persona x surface x locale at a glance: what stays, what changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portalsync.model.persona import Persona
from portalsync.preview.variants import FirmCase, Status, Variant

_WORST = (Status.GONE, Status.CHANGED, Status.NEW, Status.UNCHANGED)


@dataclass(frozen=True)
class Cell:
    """Pages of one client on one surface in one language, over all instants. `opens` is the index
    of the variant to open.
    """

    status: Status
    changed: int
    total: int
    opens: int


@dataclass(frozen=True)
class Row:
    persona: Persona
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True)
class Matrix:
    """One firm. `columns` are (surface, locale)."""

    firm: str
    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def matrix(case: FirmCase, personas: Sequence[Persona], variants: Sequence[tuple[int, Variant]]) -> Matrix:
    """`variants` are the firm's, each with its index in the review."""
    groups: dict[tuple[str, str, str], list[tuple[int, Variant]]] = {}
    for index, variant in variants:
        key = (variant.persona, str(variant.place.surface), variant.locale)
        groups.setdefault(key, []).append((index, variant))
    columns = sorted({key[1:] for key in groups})
    rows = tuple(Row(persona, _cells(persona.id, columns, groups)) for persona in personas)
    return Matrix(case.firm, case.name, tuple(columns), rows)


def _cells(
    persona: str,
    columns: Sequence[tuple[str, str]],
    groups: Mapping[tuple[str, str, str], Sequence[tuple[int, Variant]]],
) -> Mapping[tuple[str, str], Cell]:
    present = (column for column in columns if (persona, *column) in groups)
    return {column: _cell(groups[persona, *column]) for column in present}


def _cell(variants: Sequence[tuple[int, Variant]]) -> Cell:
    status = min((variant.status for _, variant in variants), key=_WORST.index)
    changed = [index for index, variant in variants if variant.status is not Status.UNCHANGED]
    return Cell(status, len(changed), len(variants), changed[0] if changed else variants[0][0])
