"""From the bytes of a file to text that is safe to read."""

import re
import unicodedata
from collections.abc import Callable

from portalsync.config.yaml.source import SOURCE_WIDTH, Source
from portalsync.diagnostics import Diagnostic, Position, Severity, not_listed
from portalsync.errors import InvalidConfig
from portalsync.lexicon import phrase
from portalsync.visible import code_point, is_seen_whole

MAX_BYTES = 1024 * 1024

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"%PDF")
"""How files of word processors begin."""
_MAX_FINDINGS = 20

# Lone carriage returns, U+0085, U+2028 and U+2029 are refused too: editors, YAML 1.1 and YAML 1.2
# disagree on whether they end a line, so every line number after them would be in doubt.
# What may stand in a file is made into a pattern nine times as slowly as what may not.
_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\ud800-\udfff\ufffe\uffff]")
# U+200C and U+200D (the joiners) are missing on purpose: emoji and several scripts need them.
_INVISIBLE = re.compile(
    "[\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def read_text(content: bytes, file: str) -> Source:
    """Decode a UTF-8 file, or raise `InvalidConfig` that names each character that may not be there."""
    _check_size(content, file)
    _check_plain(content, file)
    _check_not_utf16(content, file)
    text = _decode(content.removeprefix(_UTF8_MARK), file).replace("\r\n", "\n")
    # With a last line break in every case, a file means the same whether its editor adds one or not.
    source = Source(file, text if text.endswith("\n") else text + "\n")
    if not is_surely_printable(source.text):
        findings = [*_invisible_characters(source), *_control_characters(source)]
        if findings:
            raise InvalidConfig(findings)
    return source


def is_surely_printable(text: str) -> bool:
    """Whether there surely is no character that may not be there: of most texts this is known at once."""
    return is_seen_whole(text.replace("\n", ""))


def _check_size(content: bytes, file: str) -> None:
    if len(content) > MAX_BYTES:
        raise InvalidConfig(
            [
                Diagnostic(
                    "yaml-size",
                    phrase("yaml.file-size.message", bytes=len(content)),
                    Position(file),
                    expected=phrase("yaml.file-size.expected", most=MAX_BYTES),
                )
            ]
        )


def _check_plain(content: bytes, file: str) -> None:
    if content.startswith(_DOCUMENTS):
        message, hint = phrase("yaml.encoding.document.message"), phrase("yaml.encoding.document.hint")
        expected = phrase("yaml.encoding.expected")
        raise InvalidConfig(
            [Diagnostic("yaml-encoding", message, Position(file), expected=expected, hint=hint)]
        )


def _check_not_utf16(content: bytes, file: str) -> None:
    # Text in UTF-16 or UTF-32 begins with a mark or has a zero byte in its first character.
    if content.startswith(_UTF16_MARKS) or (len(content) > 1 and b"\0" in content[:4]):
        raise InvalidConfig(
            [
                Diagnostic(
                    "yaml-encoding",
                    phrase("yaml.encoding.utf-16.message"),
                    Position(file),
                    expected=phrase("yaml.encoding.expected"),
                    hint=phrase("yaml.encoding.utf-16.hint"),
                )
            ]
        )


def _decode(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        valid = content[: error.start].decode("utf-8").replace("\r\n", "\n")
        rest = content[error.start : error.start + SOURCE_WIDTH].decode("utf-8", "replace").splitlines()[0]
        finding = Diagnostic(
            "yaml-encoding",
            phrase("yaml.encoding.byte.message", byte=f"0x{content[error.start]:02X}"),
            Source(file, valid + rest).position_at(len(valid)),
            expected=phrase("yaml.encoding.expected"),
            hint=phrase("yaml.encoding.byte.hint"),
        )
        raise InvalidConfig([finding]) from None


def _invisible_characters(source: Source) -> list[Diagnostic]:
    if source.text.isascii():
        return []
    return _listed(source, _INVISIBLE, _invisible_character)


def _invisible_character(source: Source, index: int) -> Diagnostic:
    character = source.text[index]
    return Diagnostic(
        "yaml-invisible-character",
        phrase("yaml.invisible-character.message", character=describe_character(character)),
        source.position_at(index),
        expected=phrase("yaml.invisible-character.expected"),
        hint=phrase("yaml.invisible-character.hint", escape=code_point(character)),
    )


def _control_characters(source: Source) -> list[Diagnostic]:
    return _listed(
        source, _CONTROL, lambda at, index: control_character(at.text[index], at.position_at(index))
    )


def _listed(
    source: Source, wrong: re.Pattern[str], finding: Callable[[Source, int], Diagnostic]
) -> list[Diagnostic]:
    """A finding for each of the first, and how many more there are."""
    indexes = [match.start() for match in wrong.finditer(source.text)]
    listed = [finding(source, index) for index in indexes[:_MAX_FINDINGS]]
    left = len(indexes) - len(listed)
    return [*listed, *([not_listed(source.file, Severity.ERROR, left)] if left else [])]


def escaped(text: str) -> str:
    """A text between double quotes, with escapes for what may not stand in a file as it is."""
    if is_surely_printable(text):
        return text
    return _CONTROL.sub(_escape, _INVISIBLE.sub(_escape, text))


def _escape(character: re.Match[str]) -> str:
    number = ord(character[0])
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"  # noqa: PLR2004 - four digits hold no more


def find_control_character(text: str) -> str:
    match = _CONTROL.search(text)
    return match.group() if match else ""


def control_character(character: str, position: Position) -> Diagnostic:
    is_line_end = character == "\r"
    return Diagnostic(
        "yaml-control-character",
        phrase("yaml.control-character.message", character=describe_character(character)),
        position,
        expected=phrase("yaml.control-character.expected"),
        hint=phrase("yaml.control-character.hint_line_end" if is_line_end else "yaml.control-character.hint"),
    )


def describe_character(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
