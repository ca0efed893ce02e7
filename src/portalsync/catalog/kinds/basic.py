"""Switches, choices, texts: values that are one word or one line."""

from collections.abc import Callable, Iterable
from typing import Any

from portalsync.addresses import LONGEST_MAILBOX, MAILBOX_PATTERN, MAILTO, TELEPHONE_PATTERN
from portalsync.catalog.kinds.form import Form
from portalsync.catalog.kinds.kind import Kind
from portalsync.catalog.kinds.spelling import mailbox_host_in_lower_case, tidy
from portalsync.lexicon import Lexicon
from portalsync.model.json_value import JSON, JSONObject

_IN_A_LINE = "[^\\u0000-\\u001f\\u007f]*"
_IN_LINES = "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*"
_BLANK_IN_A_LINE = "[^\\S\\u0000-\\u001f\\u007f]*"
_BLANK_IN_LINES = "[^\\S\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*"
_SEEN = "[^\\s\\u0000-\\u001f\\u007f]"
# Blanks, then what is seen, then the rest: each character fits one part only, so that a text which does not
# fit is refused in one pass, however long it is.

LINE = Form("line", f"^{_BLANK_IN_A_LINE}{_SEEN}{_IN_A_LINE}$")
"""One line that is not blank, without control characters."""

LINES = Form("lines", f"^{_BLANK_IN_LINES}{_SEEN}{_IN_LINES}$")
"""The same, but line breaks and tabs are fine."""


NAME = Form("name", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
"""What others call something of theirs: a backend, a way to pay, a service."""

LANGUAGE = Form("language", "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$")
"""A language of clients, which may be one that portalsync does not speak."""


class Switch(Kind[bool]):
    """On or off."""

    def schema(self) -> JSONObject:
        return {"type": "boolean"}

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del option, name
        return lexicon("values.on" if value else "values.off")


class Choice(Kind[str]):
    """One of a few words; each is worded under `options.<option>.values.<name>.<value>`."""

    def __init__(self, **values: str) -> None:
        """`values`: what may be chosen, each with its English description for editors."""
        self.values = values

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            "enum": [*self.values],
            "markdownEnumDescriptions": [*self.values.values()],
        }

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        return lexicon(f"options.{option}.values.{name}.{value}")


class Text(Kind[str]):
    """One line of text without control characters, or several where `lines` says so."""

    def __init__(self, limit: int, *, lines: int = 1) -> None:
        self.limit = limit
        self.lines = lines

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": self.limit,
            **(LINES if self.lines > 1 else LINE).schema(),
        }

    def normal(self, value: JSON) -> JSON:
        return tidy(value) if isinstance(value, str) else value

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del option, name
        return lexicon("values.quoted", text=on_one_line(value))


def on_one_line(text: str) -> str:
    """Lines side by side, blank ones left out."""
    return " / ".join(line.strip() for line in text.split("\n") if line.strip())


class Pattern(Kind[str]):
    """A short text of a given form."""

    def __init__(self, form: str, pattern: str, limit: int = 100, same: Callable[[str], str] = str) -> None:
        """`same`: the one spelling of all that are the same text."""
        self.form = Form(form, pattern)
        self.limit = limit
        self.same = same

    def schema(self) -> JSONObject:
        return {"type": "string", "maxLength": self.limit, **self.form.schema()}

    def normal(self, value: JSON) -> JSON:
        return self.same(value) if isinstance(value, str) else value

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del lexicon, option, name
        return str(value)


COLOR = Pattern("color", "^#[0-9a-fA-F]{6}$", 7, str.lower)
LONGEST_IDENTIFIER = 64
IDENTIFIER_PATTERN = f"^[a-z0-9]([a-z0-9-]{{0,{LONGEST_IDENTIFIER - 2}}}[a-z0-9])?$"
IDENTIFIER = Pattern("identifier", IDENTIFIER_PATTERN, LONGEST_IDENTIFIER)
PHONE = Pattern("phone", TELEPHONE_PATTERN, 27)


class Mailbox(Pattern):
    """An e-mail address. Clients write to it, so that its host counts as one that links lead to."""

    def __init__(self) -> None:
        super().__init__("email", MAILBOX_PATTERN, LONGEST_MAILBOX, mailbox_host_in_lower_case)

    def links(self, value: Any) -> Iterable[str]:
        return (f"{MAILTO}{value}",)


EMAIL = Mailbox()


TIME_ZONE = Form("time-zone", "^(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2})$")
"""With a slash: that keeps out abbreviations, which mean several zones."""


class TimeZone(Kind[str]):
    """An IANA time zone."""

    def schema(self) -> JSONObject:
        return {
            "type": "string",
            "format": "portalsync-time-zone",
            **TIME_ZONE.schema(),
            "maxLength": 64,
        }

    def wording(self, value: Any, lexicon: Lexicon, option: str, name: str) -> str:
        del lexicon, option, name
        return str(value)
