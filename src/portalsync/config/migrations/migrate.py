"""Files of older versions -> the same in the current one; no file is written here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portalsync.catalog.files.document import API_VERSION
from portalsync.config.edit.edited import edited
from portalsync.config.file import ConfigFile
from portalsync.config.migrations.change import Alteration, Rename, Rewrite
from portalsync.config.migrations.step import Step, next_step
from portalsync.config.yaml import Parsed, parse
from portalsync.diagnostics import Diagnostic
from portalsync.errors import InvalidConfig
from portalsync.lexicon import phrase
from portalsync.model.json_value import JSON


def migrate(files: Iterable[ConfigFile], steps: Sequence[Step]) -> Mapping[str, bytes]:
    """What changes, by name of the file. InvalidConfig with everything that stands in the way of any file."""
    found: dict[str, bytes] = {}
    findings: list[Diagnostic] = []
    for file in files:
        try:
            before = file.read()
            content = _migrated(before, file, steps)
        except InvalidConfig as refusal:
            findings.extend(refusal.diagnostics)
        else:
            found.update({file.name: content} if content != before else {})
    if findings:
        raise InvalidConfig(sorted(findings, key=Diagnostic.sort_key))
    return found


def _migrated(content: bytes, file: ConfigFile, steps: Sequence[Step]) -> bytes:
    parsed = parse(content, file.name)
    while step := next_step(parsed.data, steps):
        for change in _changes(step, file.kind, parsed.data):
            content = _changed(content, file.name, change)
        parsed = parse(content, file.name)
    if not isinstance(parsed.data, dict) or parsed.data.get("apiVersion") != API_VERSION:
        raise InvalidConfig([_unknown(parsed)])
    return content


def _changes(step: Step, kind: str, data: Any) -> Iterator[Alteration]:
    yield from step.changes(kind, data)
    yield Rewrite(("apiVersion",), step.after)


def _changed(content: bytes, name: str, change: Alteration) -> bytes:
    """One change to the text, which has to say afterwards what the same change makes of the data."""
    if isinstance(change, Rename):
        _check_free(parse(content, name), change)
    return edited(content, name, change.in_text, intended=change.in_data)


def _check_free(parsed: Parsed, change: Rename) -> None:
    holder: JSON = parsed.data
    for step in change.path[:-1]:
        holder = holder[step]  # type: ignore[index]  # the path was made from this data
    if isinstance(holder, dict) and change.name in holder:
        raise InvalidConfig([
            Diagnostic(
                "migrate-key-twice",
                phrase("yaml.migrate.twice.message", old=str(change.path[-1]), new=change.name),
                parsed.key_position(change.path),
                expected=phrase("yaml.migrate.twice.expected", new=change.name),
                hint=phrase("yaml.migrate.twice.hint"),
                path=".".join(map(str, change.path)),
            )
        ])  # fmt: skip


def _unknown(parsed: Parsed) -> Diagnostic:
    stated = parsed.data.get("apiVersion") if isinstance(parsed.data, dict) else None
    message = (
        phrase("yaml.migrate.unknown.message_unstated")
        if stated is None
        else phrase("yaml.migrate.unknown.message", version=str(stated), current=API_VERSION)
    )
    return Diagnostic(
        "api-version-unknown",
        message,
        parsed.value_position(("apiVersion",)),
        expected=f"apiVersion: {API_VERSION}",
        hint=phrase("yaml.migrate.unknown.hint"),
        path="apiVersion",
    )
