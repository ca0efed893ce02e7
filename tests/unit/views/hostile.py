"""Texts that a firm, a file name or an attacker may bring, and findings that carry them everywhere."""

from typing import cast

from portalsync.diagnostics import Diagnostic, Position, Severity
from portalsync.lexicon import Phrase

HOSTILE = (
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "safe \u202egnp.exe\u202c \u200b \u2066x\u2069",
    "::error file=a,line=1::no\n::set-output name=changes::0",
    "  ::add-mask::a\r\n\t::stop-commands::x\r::debug::y",
    "##[set-output name=x]y ##vso[task.setvariable variable=a]b ##teamcity[x]",
    "]]> <script>alert(1)</script> <!-- --> &amp; & <![CDATA[x]]>",
    "\"double\" 'single' `back` ${HOME} $(id) %0A %3A %2C 100%",
    "line one\nline two\r\nline three\rfour\u2028five\u0085six",
    "\\ud800 \\u0000 \\n \\x1b",
    "\x00 \ufffe \ud800 \U000e0041",
    "[click](https://evil.example) [[a]](1) {0} {{1}} @everyone #1",
    "a,b;c:d=e|f",
    "x" * 5000,
    "日本語 ü ẞ 👩\u200d💻",
)


def sentence(text: str) -> Phrase:
    """A text where only phrases belong: views must be safe whatever stands there."""
    return cast("Phrase", text)


def carrying(text: str, severity: Severity = Severity.ERROR, line: int = 3) -> Diagnostic:
    """A finding with the text wherever a finding has text."""
    position = Position(f"portal-config/firms/{text}.yaml", line, 5, 4, text, 0) if line else Position(text)
    return Diagnostic("schema-enum", sentence(text), position, severity, expected=text, hint=text, path=text)


def all_hostile() -> list[Diagnostic]:
    return [carrying(text, severity, line) for text in HOSTILE for severity in Severity for line in (0, 3)]
