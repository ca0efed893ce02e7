"""The careful way to the data of a text: it finds all that is wrong."""

from dataclasses import dataclass

from portalsync.config.yaml.build import Builder
from portalsync.config.yaml.events import EventReader
from portalsync.config.yaml.source import Source
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.model.json_value import JSON


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a text: its data, or what is wrong with it."""

    data: JSON
    findings: tuple[Diagnostic, ...]
    may_hold_null: bool = True


def read_carefully(source: Source) -> Reading:
    reader = EventReader(source)
    try:
        reader.read()
    except InvalidConfig as stopped:
        return Reading(None, (*reader.findings, *stopped.diagnostics))
    builder = Builder(source, reader.events)
    data = builder.build() if reader.events else None
    return Reading(data, (*reader.findings, *builder.findings), builder.has_nulls)
