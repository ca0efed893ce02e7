"""One file of a configuration, held against its schema."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from portalsync.catalog.conform import Validator, faults, validator
from portalsync.catalog.schema import schema_for
from portalsync.config.explain_fault import explain
from portalsync.config.file import ConfigFile
from portalsync.config.migrations.step import outdated
from portalsync.config.yaml import Parsed, parse
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig


@dataclass(frozen=True)
class Document:
    """A file that its schema has accepted. `data` is its content."""

    kind: str
    id: str
    file: str
    parsed: Parsed
    data: Mapping[str, Any]


def by_name(files: Iterable[ConfigFile]) -> list[ConfigFile]:
    """The order in which files are checked."""
    return sorted(files, key=lambda file: file.name)


def accepted(files: Iterable[ConfigFile]) -> tuple[list[Document], list[Diagnostic]]:
    """The files that their schemas accept, and what is wrong with the others."""
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    for file in files:
        try:
            documents.append(check_file(file))
        except InvalidConfig as error:
            findings.extend(error.diagnostics)
    return documents, findings


def check_file(file: ConfigFile) -> Document:
    """One file, held against its schema. InvalidConfig with all that is wrong with it."""
    parsed = parse(file.read(), file.name)
    if old := outdated(parsed):
        raise InvalidConfig([old])
    found = explain(faults(_validator(file.kind), parsed.data), parsed, schema_for(file.kind))
    if found:
        raise InvalidConfig(found)
    assert isinstance(parsed.data, dict)  # noqa: S101 - every schema asks for a mapping
    return Document(file.kind, file.stem, file.name, parsed, parsed.data)


@cache
def _validator(kind: str) -> Validator:
    return validator(schema_for(kind))
