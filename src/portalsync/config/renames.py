"""What files say of earlier ids, and where it cannot be so."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from portalsync.catalog.conform import validator
from portalsync.catalog.files.document import ID
from portalsync.catalog.files.layers import FIRM, PREVIOUSLY
from portalsync.config.file import ConfigFile
from portalsync.config.yaml import parse
from portalsync.diagnostics import Diagnostic, Position
from portalsync.errors import InvalidConfig
from portalsync.lexicon import phrase
from portalsync.model.desired import Desired

_MAY_SAY = re.compile(rb"previously|\\")
"""What is in every file that says it: the key, or an escape in the key."""


def wrong_renames(entries: Container[str], desired: Desired) -> Iterator[Diagnostic]:
    """Of entries: an earlier id that an entry still has, itself or another, and one that two say they had."""
    taken: set[str] = set()
    for entry, statement in desired.previously.items():
        id_ = str(statement.value)
        former = desired.former(entry)
        if former in entries or former in taken:
            code = "previously-exists" if former in entries else "previously-twice"
            yield Diagnostic(
                code,
                phrase(f"findings.{code}.message", id=id_),
                statement.position,
                hint=phrase(f"findings.{code}.hint"),
            )
        taken.add(former)


def known_as(firm: str, data: Mapping[str, Any]) -> str:
    """The id that the portal has for a firm: that of its file, unless that says otherwise."""
    return str(data.get(PREVIOUSLY, firm))


def known_as_unchecked(file: ConfigFile) -> str:
    """The same of a firm's file that no schema has accepted. Where it cannot be read, or gives no id, it is
    the file's own; only a file that may say another is parsed.
    """
    content = file.read()
    if not _MAY_SAY.search(content):
        return file.stem
    try:
        data = parse(content, file.name).data
    except InvalidConfig:
        return file.stem
    if not isinstance(data, dict) or not validator(ID).is_valid(data.get(PREVIOUSLY)):
        return file.stem
    return known_as(file.stem, data)


def wrong_firm_renames(
    firms: Container[str], formers: Iterable[tuple[str, Position]]
) -> Iterator[Diagnostic]:
    """Of the earlier ids that firms' files say: one that a file still has, itself or another; one that two
    name. `firms` are the ids of files.
    """
    taken: set[str] = set()
    for former, position in formers:
        if former in firms:
            yield Diagnostic(
                "previously-exists",
                phrase("findings.previously-exists.firm", id=former),
                position,
                hint=phrase("findings.previously-exists.hint-firm", file=FIRM.file_of(former)),
            )
        elif former in taken:
            yield Diagnostic(
                "previously-twice",
                phrase("findings.previously-twice.firm", id=former),
                position,
                hint=phrase("findings.previously-twice.hint"),
            )
        taken.add(former)
