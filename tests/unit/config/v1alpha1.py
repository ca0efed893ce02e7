"""A version of the format that never was one: what a way to the next version has to be able to do.

Announcements stood right below their option, the firm's colour was called `accent`, and a statement had
its texts under `text`.
"""

import re
from collections.abc import Iterator
from typing import Any

from tests.unit.config.nest import Nest

from portalsync.catalog.files.document import API_VERSION
from portalsync.config.migrations.change import Alteration, Rename
from portalsync.config.migrations.step import Step

BEFORE = "portalsync/v1alpha1"


def changes(kind: str, data: Any) -> Iterator[Alteration]:
    if kind not in ("defaults", "group", "firm"):
        return
    if "accent" in (data.get("profile") or {}):
        yield Rename(("profile", "accent"), "accent_color")
    announcements = (data.get("options") or {}).get("announcements")
    if not isinstance(announcements, list):
        return
    for index, item in enumerate(announcements):
        if "text" in item:
            yield Rename(("options", "announcements", index, "text"), "body")
    yield Nest(("options", "announcements"), "items")


STEP = Step(BEFORE, API_VERSION, changes)


def written_in_v1alpha1(text: str) -> str:
    """A tidy file of today as its author would have written it then: line by line, nothing parsed."""
    text = text.replace(f"apiVersion: {API_VERSION}", f"apiVersion: {BEFORE}").replace(
        "accent_color:", "accent:"
    )
    return re.sub(r"^  announcements:\n    items:\n((?:    .*\n|\n)*)", _dedented, text, flags=re.MULTILINE)


def _dedented(found: re.Match[str]) -> str:
    lines = found[1].replace("        body:", "        text:").split("\n")
    return "  announcements:\n" + "\n".join(line.removeprefix("  ") for line in lines)
