"""References to client tags, held against the tags that clients have."""

from collections.abc import Container, Iterator

from portalsync.catalog import FIELDS, field_of
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.option import Field
from portalsync.config.validate import ValidConfig
from portalsync.diagnostics import Diagnostic, Severity
from portalsync.lexicon import phrase
from portalsync.model.desired import Desired, Statement
from portalsync.model.edit import ABSENT, Absent
from portalsync.model.facts import Facts
from portalsync.model.json_value import JSON
from portalsync.model.settings import Settings
from portalsync.suggest import did_you_mean, one_of

_TAGGED = tuple({
    f".{field.name}"
    for field in FIELDS.values()
    if isinstance(field, Field) and type(field.kind).tags is not Kind.tags
})  # fmt: skip
"""How the paths of fields end of whose kind of value tags are a part."""


def unknown_tags(config: ValidConfig, desired: Desired, live: Settings, facts: Facts) -> Iterator[Diagnostic]:
    """Tags that no client has, no client of another firm either, and no sample client: what a group says is
    for firms with such clients and for those without. A portal that counts no clients knows no tags. A
    warning where the live setting names the tag already: its last client may have left.
    """
    known = frozenset((*config.tags, *facts.tags))
    for tag, statement in _unknown_in(known, desired, facts):
        before = tag in _tags(statement.path, live.get(statement.path, ABSENT))
        yield _unknown(tag, statement, sorted(known), before=before)


def tags_beyond(config: ValidConfig, desired: Desired, facts: Facts) -> frozenset[str]:
    """Tags that neither these clients have nor the sample clients: clients of other firms may."""
    known = frozenset((*config.tags, *facts.tags))
    return frozenset(tag for tag, _ in _unknown_in(known, desired, facts))


def _unknown_in(known: Container[str], desired: Desired, facts: Facts) -> Iterator[tuple[str, Statement]]:
    if facts.knows_clients:
        for path, statement in desired.values.items():
            for tag in _tags(path, statement.value) if path.endswith(_TAGGED) else ():
                if tag not in known:
                    yield tag, statement


def _tags(path: str, value: JSON | Absent) -> tuple[str, ...]:
    if value is ABSENT or not path.endswith(_TAGGED):
        return ()
    field = field_of(path)
    return tuple(field.kind.tags(value)) if isinstance(field, Field) else ()


def _unknown(tag: str, statement: Statement, known: list[str], *, before: bool) -> Diagnostic:
    return Diagnostic(
        "tag-unknown",
        phrase("findings.tag-unknown.message", tag=tag),
        statement.position,
        Severity.WARNING if before else Severity.ERROR,
        expected=one_of(known),
        hint=did_you_mean(tag, known) or phrase("findings.tag-unknown.hint"),
        path=statement.path,
        before=before,
    )
