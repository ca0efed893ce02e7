"""Findings, and what files say of ids, as JSON. They stay whole: what crosses from one process to another is
yet to be said in a language.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from portalsync.config.identities import Identity
from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import Foreign, Phrase, Text
from portalsync.model.json_value import JSON, JSONObject


def finding_json(finding: Diagnostic) -> JSONObject:
    return {
        "code": finding.code,
        "message": _text_json(finding.message),
        "position": _position_json(finding.position),
        "severity": str(finding.severity),
        "expected": _text_json(finding.expected),
        "hint": _text_json(finding.hint),
        "path": finding.path,
        "firms": list(finding.firms),
        "more": finding.more,
        "before": finding.before,
    }


def finding_of(body: Mapping[str, Any]) -> Diagnostic:
    """The finding that `finding_json` made this of."""
    code = body["code"]
    return Diagnostic(
        code,
        _text(body["message"]),
        Position(*body["position"]),
        Severity(body["severity"]),
        _text(body["expected"]),
        _text(body["hint"]),
        body["path"],
        tuple(body["firms"]),
        body["more"],
        body["before"],
    )


def _position_json(position: Position) -> JSON:
    each = position
    return [each.file, each.line, each.column, each.length, each.source, each.marked]


def identity_json(identity: Identity) -> JSON:
    stated: list[JSON] = [
        each and [each[0], _position_json(each[1])] for each in (identity.stated, identity.former)
    ]
    return [identity.kind, identity.id, *stated]


def identity_of(body: Sequence[Any]) -> Identity:
    """The identity that `identity_json` made this of."""
    kind, id_, *stated = body
    return Identity(kind, id_, *(each and (each[0], Position(*each[1])) for each in stated))


def _text_json(text: Text) -> JSON:
    match text:
        case str() | int():
            return text
        case tuple():
            return [_text_json(part) for part in text]
        case Foreign():
            return {"foreign": text.text, "quoted": text.quoted}
        case Phrase():
            values: list[JSON] = [[name, _text_json(value)] for name, value in text.values]
            return {"phrase": text.key, "values": values, "number": text.number}
        case date():
            return {"date": text.isoformat()}
        case time():
            return {"time": text.isoformat()}


def _text(body: Any) -> Text:
    if isinstance(body, list):
        return tuple(map(_text, body))
    if isinstance(body, dict):
        return next(read(body) for key, read in _READ.items() if key in body)
    text: str | int = body
    return text


def _phrase(body: Mapping[str, Any]) -> Phrase:
    values: Sequence[tuple[str, Any]] = body["values"]
    return Phrase(body["phrase"], tuple((name, _text(value)) for name, value in values), body["number"])


_READ: Mapping[str, Callable[[Mapping[str, Any]], Text]] = {
    "phrase": _phrase,
    "foreign": lambda body: Foreign(body["foreign"], body["quoted"]),
    "date": lambda body: date.fromisoformat(body["date"]),
    "time": lambda body: time.fromisoformat(body["time"]),
}
