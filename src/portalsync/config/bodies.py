"""What files say in Markdown, and what of it clients would not read as it is meant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portalsync.addresses import MAILTO, target_problem
from portalsync.catalog import SECTIONS
from portalsync.catalog.files import KINDS
from portalsync.catalog.kinds.link import Link
from portalsync.catalog.option import AnyField, ListField
from portalsync.catalog.unset import is_unset
from portalsync.config.document import Document
from portalsync.config.fault_values import shown_value
from portalsync.config.form_phrases import link_complaint
from portalsync.config.yaml import Path
from portalsync.diagnostics import Diagnostic, Severity, complaint
from portalsync.lexicon import Text, phrase
from portalsync.portal.markdown import to_plain
from portalsync.portal.misread import Meant, Misread, misread

_FIELD = Link().schema()
_LAYERS = {kind.name for kind in KINDS if kind.is_layer}


def wrong_bodies(document: Document) -> Iterator[Diagnostic]:
    """Links in texts that lead nowhere, and warnings of what clients read as it was typed."""
    for body in _bodies(document) if document.kind in _LAYERS else ():
        for each in misread(body.text):
            position = document.parsed.position_within(body.path, body.text, each.start, len(each.text))
            yield replace(_worded(each), position=position, path=".".join(map(str, body.path)))


@dataclass(frozen=True, slots=True)
class _Body:
    path: Path
    text: str


def _bodies(document: Document) -> Iterator[_Body]:
    options = document.data.get("options") or {}
    for option, fields in _FIELDS.items():
        if option in options:
            yield from _in_fields(fields, options[option], ("options", option))


def _in_fields(fields: Iterable[AnyField], data: Any, at: Path) -> Iterator[_Body]:
    if not isinstance(data, Mapping) or is_unset(data):
        return
    for field in filter(_may_hold, fields):
        value, here = data.get(field.name), (*at, field.name)
        if isinstance(field, ListField):
            for index, entry in enumerate(value if isinstance(value, list) else ()):
                yield from _in_fields(field.fields, entry, (*here, index))
        elif isinstance(value, Mapping) and not is_unset(value):
            texts = field.kind.markdown_texts(value)
            yield from (_Body((*here, key), text) for key, text in texts.items())


def _may_hold(field: AnyField) -> bool:
    return any(map(_may_hold, field.fields)) if isinstance(field, ListField) else field.kind.markdown


_FIELDS = {each.key: each.all_fields for each in SECTIONS[1:] if any(map(_may_hold, each.all_fields))}
"""Of the options in which something is Markdown."""


def _worded(each: Misread) -> Diagnostic:
    if each.meant in (Meant.LINK, Meant.NOWHERE):
        return replace(_link(each), code="markdown-link")
    read = shown_value(to_plain(each.text))
    return Diagnostic(
        "markdown-as-typed",
        phrase(f"findings.markdown.{each.meant}.message", read=read),
        severity=Severity.WARNING,
        hint=_hint(each),
    )


def _link(each: Misread) -> Diagnostic:
    expected = phrase("findings.markdown.link.expected")
    if each.meant is Meant.NOWHERE:
        return complaint(phrase("findings.markdown.link.nowhere"), expected)
    wrong = link_complaint(each.text, target_problem(each.text) or "", expected, _FIELD)
    mailbox = f"{MAILTO}{each.text}"
    return wrong if target_problem(mailbox) else replace(wrong, hint=_write(mailbox))


def _hint(each: Misread) -> Text:
    if each.meant is not Meant.ADDRESS:
        return phrase(f"findings.markdown.{each.meant}.hint")
    target = each.text if "@" in each.text else f"https://{each.text.rpartition('://')[2]}"
    is_good = not target_problem(f"{MAILTO}{target}" if "@" in target else target)
    return _write(f"<{target}>") if is_good else phrase("findings.markdown.address.hint")


def _write(text: str) -> Text:
    return phrase("findings.markdown.write", text=text)
