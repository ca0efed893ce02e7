"""JSON for programs that people may look at too."""

import json
import re

from portalsync.visible import visible

_NOT_PLAIN = re.compile("[^\n -~]")


def json_text(body: object) -> str:
    """Indented JSON with a final newline. What is invisible in a text is escaped; its value is the same."""
    text = json.dumps(body, indent=2, ensure_ascii=False)
    return _NOT_PLAIN.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    char = match.group()
    return char if visible(char) == char else json.dumps(char)[1:-1]
