"""`portal-record/<firm>.yaml` <-> what is recorded of a firm. A file that somebody edited is believed only as
far as its history leads to what it says.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from portalsync.catalog.option import Field
from portalsync.catalog.stored import stored_field, value_fault
from portalsync.config.yaml import Parsed, parse
from portalsync.config.yaml import Path as Way
from portalsync.diagnostics import Diagnostic, Position
from portalsync.errors import BackendError, InvalidConfig
from portalsync.lexicon import Foreign, Text, phrase
from portalsync.model.codec import decode, encode
from portalsync.model.converters import Misfit
from portalsync.model.settings import differing
from portalsync.record.firm_record import FirmRecord, broken_links, outcome_of
from portalsync.record.pictures import put_back, taken_out
from portalsync.visible import code_point, is_seen_whole

_HEAD = """\
# What this firm's portal has, as people recorded it who set it by hand or looked. portalsync writes this
# file: a line that is changed here changes nothing on the portal.
"""


class RecordDamaged(BackendError):
    """A record that cannot be believed, told as an error and as a finding."""

    def __init__(self, position: Position, expected: Text) -> None:
        super().__init__(
            phrase("errors.record.damaged.message", place=Foreign(str(position)), expected=expected),
            phrase("errors.record.damaged.hint"),
        )
        self.finding = Diagnostic(
            "record-damaged",
            phrase("findings.record-damaged.message", expected=expected),
            position,
            hint=phrase("errors.record.damaged.hint"),
        )


def record_of(content: bytes, file: str, firm: str, folder: Path) -> FirmRecord:
    """What stands in a firm's file, with the pictures of its folder. RecordDamaged, with its line, for what
    portalsync has not written so.
    """
    try:
        parsed = _parsed(content, file)
    except InvalidConfig as error:
        first = error.diagnostics[0]
        raise RecordDamaged(first.position, first.message) from error
    try:
        record = decode(FirmRecord, put_back(parsed.data, folder))
    except Misfit as misfit:
        place = _way_to(parsed.data, misfit.where)
        raise RecordDamaged(parsed.value_position(place), misfit.expected) from misfit
    for place, expected in _contradictions(record, firm):
        raise RecordDamaged(parsed.key_position(place), expected)
    return record


@lru_cache(maxsize=128)
def _parsed(content: bytes, file: str) -> Parsed:
    """What is the same to the byte is not parsed again: a sitting asks before and after each step."""
    return parse(content, file)


def _contradictions(record: FirmRecord, firm: str) -> Iterator[tuple[Way, Text]]:
    """Where the file says what cannot be, and what would have to stand there."""
    if record.firm != firm:
        yield ("firm",), phrase("errors.record.other-firm", firm=firm)
    for place in broken_links(record):
        yield place, phrase("errors.record.broken-history")
    for path in differing(record.values, outcome_of(record.history)):
        yield ("settings", path), phrase("errors.record.not-from-history", path=Foreign(path))
    for path, value in record.values.items():
        if isinstance(stored_field(path), Field) and value_fault(path, value) is not None:
            yield ("settings", path), phrase("errors.record.bad-value", path=Foreign(path))


def _way_to(data: Any, where: str) -> Way:
    """The keys and indexes of a place such as `settings.chat.clients_can_start.by`: keys may have dots."""
    way: list[str | int] = []
    rest = where
    while rest:
        steps = _steps(data, rest)
        if not steps:
            break
        step, text = max(steps, key=lambda each: len(each[1]))
        way.append(step)
        data, rest = data[step], rest[len(text) :].removeprefix(".")
    return tuple(way)


def _steps(data: Any, rest: str) -> list[tuple[str | int, str]]:
    """What may come next, each with how it is written."""
    if isinstance(data, dict):
        return [(key, key) for key in data if rest == key or rest.startswith((f"{key}.", f"{key}["))]
    if isinstance(data, list):
        return [(i, f"[{i}]") for i in range(len(data)) if rest.startswith(f"[{i}]")]
    return []


def written(record: FirmRecord) -> tuple[bytes, Mapping[str, bytes]]:
    """The file, of which `record_of` makes the same record, and the pictures beside it."""
    document, pictures = taken_out(encode(record))
    text = yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
    return (_HEAD + text).encode(), pictures


class _Plain(yaml.SafeDumper):
    """Whatever is alike stands in full; texts of several lines stand as they are read."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True

    def write_double_quoted(self, text: str, split: bool = True) -> None:  # noqa: FBT001, FBT002 - yaml's
        """On one line, and what nobody sees as its code point: the door takes it no other way."""
        del split
        seen = (
            char if is_seen_whole(char) else code_point(char) for char in json.dumps(text, ensure_ascii=False)
        )
        self.write_indicator("".join(seen), need_whitespace=True)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    if not all(map(is_seen_whole, text.split("\n"))):
        return '"'
    return "|" if "\n" in text else '"' if _is_doubtful(text) else None


def _is_doubtful(text: str) -> bool:
    """Whether YAML of another year would read something else than this text."""
    return not text or not text[0].isalpha() or ": " in text or " #" in text


_Plain.add_representer(str, _text)
