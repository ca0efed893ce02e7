"""Spellings of a text that read the same, and the one of them that portalsync writes."""

import re
import unicodedata

_LINE_END = re.compile(r"\r\n?")
_HARD_BREAK = re.compile(r"(?<=[^\s]) {2,}(?=\n[ \t]*\S)")
_HOST = re.compile(r"https://[^/?#@]*(?=[/?#]|$)", re.IGNORECASE)


def with_line_feeds(text: str) -> str:
    """Line feeds alone, where forms on the web and Windows write two characters."""
    return _LINE_END.sub("\n", text) if "\r" in text else text


def tidy(text: str) -> str:
    """Composed characters (NFC), line feeds alone, no blanks at line ends, no line ends at the end."""
    lines = with_line_feeds(unicodedata.normalize("NFC", text))
    if " \n" in lines or "\t\n" in lines:
        lines = "\n".join(line.rstrip(" \t") for line in lines.split("\n"))
    return lines.rstrip(" \t\n")


def tidy_markdown(text: str) -> str:
    """The same, but two blanks before the next line stay: in Markdown they break the line."""
    lines = with_line_feeds(text)
    if "  \n" not in lines:
        return tidy(lines)
    return "  ".join(map(tidy, _HARD_BREAK.split(lines)))


def host_in_lower_case(address: str) -> str:
    """An https address without a user, its host in lower case; any other as it is."""
    found = _HOST.match(address)
    return found[0].lower() + address[found.end() :] if found else address


def mailbox_host_in_lower_case(address: str) -> str:
    """An e-mail address, the host behind its @ in lower case."""
    name, at, host = address.rpartition("@")
    return f"{name}{at}{host.lower()}"
