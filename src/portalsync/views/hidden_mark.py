"""The first line of a comment or an issue that people do not see and portalsync reads again."""

import json
import re
from collections.abc import Mapping

from portalsync.model.canonical import canonical

_LINE = re.compile(r"<!-- portalsync-([a-z]+) (\{.{0,4000}\}) -->")


def hidden_mark(kind: str, data: Mapping[str, str]) -> str:
    """The line. No value in it can end the HTML comment: `<`, `>` and `--` are written as escapes."""
    text = canonical(dict(data)).decode()
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("--", "-\\u002d")):
        text = text.replace(sign, escaped)
    return f"<!-- portalsync-{kind} {text} -->"


def read_mark(kind: str, body: str) -> dict[str, str] | None:
    """What the first line of `body` says; None if it is no mark of this kind."""
    match = _LINE.fullmatch(body.partition("\n")[0].strip())
    if match is None or match[1] != kind:
        return None
    try:
        data = json.loads(match[2])
    except ValueError:
        return None
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        return None
    return data
