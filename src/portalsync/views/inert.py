"""Text for logs that somebody's runner reads along: no line of it is a command to the runner."""

import re

# GitHub trims a line and obeys `::name::`; it, Azure and TeamCity obey `##[name]` and its like anywhere.
_COLON_AT_START = re.compile(r"(^|[\r\n])((?:\x1b\[[0-9;]*m|[^\S\r\n])*):(?=:)")
_SIGNS = re.compile(r"##(?=(?:vso|teamcity)?\[)")


def inert(text: str) -> str:
    """The text; where a line would be a command, one of its signs is written as its code point.

    Inside a JSON string that is the same value still.
    """
    return _SIGNS.sub(r"#\\u0023", _COLON_AT_START.sub(r"\1\2\\u003a", text))
