"""What files say of their ids, and where it cannot be so."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portalsync.catalog.files import KINDS
from portalsync.catalog.files.layers import FIRM, PREVIOUSLY
from portalsync.config.document import Document
from portalsync.config.renames import wrong_firm_renames
from portalsync.diagnostics import Diagnostic, Position
from portalsync.lexicon import phrase

_KINDS = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Identity:
    """What an accepted file says of ids, with the positions: another one than its name, an earlier one."""

    kind: str
    id: str
    stated: tuple[str, Position] | None = None
    former: tuple[str, Position] | None = None


def ids_of(documents: Iterable[Document]) -> Mapping[str, dict[str, None]]:
    """The ids of files, by their kind; as keys, which take half of what a set takes."""
    known: dict[str, dict[str, None]] = {}
    for document in documents:
        known.setdefault(document.kind, {})[document.id] = None
    return known


def identities(document: Document) -> Iterator[Identity]:
    """One, unless there is nothing to say of its id."""
    key = _KINDS[document.kind].identity
    data, position = document.data, document.parsed.value_position
    stated = str(data.get(key, document.id))
    is_renamed = document.kind == FIRM.name and PREVIOUSLY in data
    if stated != document.id or is_renamed:
        yield Identity(
            document.kind,
            document.id,
            (stated, position((key,))) if stated != document.id else None,
            (str(data[PREVIOUSLY]), position((PREVIOUSLY,))) if is_renamed else None,
        )


def wrong_identities(
    known: Mapping[str, Collection[str]], identities: Sequence[Identity]
) -> Iterator[Diagnostic]:
    """What files say of ids and cannot all be so; `known` are the ids of accepted files, by their kind."""
    yield from _ids(known, identities)
    formers = [each.former for each in identities if each.former]
    yield from wrong_firm_renames(known.get(FIRM.name, ()), formers)


def _ids(known: Mapping[str, Collection[str]], identities: Iterable[Identity]) -> Iterator[Diagnostic]:
    """The id inside a file is the file's name; so no two firms can have one id unnoticed."""
    for each in identities:
        if each.stated is None:
            continue
        stated, position = each.stated
        if stated in known[each.kind]:
            owner = _KINDS[each.kind].file_of(stated)
            yield Diagnostic(
                "id-twice",
                phrase("findings.id-twice.message", id=stated, file=owner),
                position,
                expected=each.id,
                hint=phrase("findings.id-twice.hint"),
            )
        else:
            yield Diagnostic(
                "id-not-file",
                phrase("findings.id-not-file.message", id=stated),
                position,
                expected=each.id,
                hint=phrase("findings.id-not-file.hint", file=f"{stated}.yaml"),
            )
