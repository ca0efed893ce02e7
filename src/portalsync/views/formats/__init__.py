"""All formats, in the order in which they are offered."""

from collections.abc import Mapping

from portalsync.views.format import Format
from portalsync.views.formats import github, gitlab, json, junit, markdown, sarif, text

FORMATS: tuple[Format, ...] = (
    text.FORMAT,
    markdown.FORMAT,
    json.FORMAT,
    github.FORMAT,
    sarif.FORMAT,
    junit.FORMAT,
    gitlab.FORMAT,
)

FINDINGS: Mapping[str, Format] = {each.name: each for each in FORMATS if each.findings}
"""Of what is wrong with a configuration."""
RESULTS: Mapping[str, Format] = {each.name: each for each in FORMATS if each.results}
"""Of plans, receipts and drift."""
CHECKS: Mapping[str, Format] = {each.name: each for each in FORMATS if each.checks}
"""Of what a portal keeps of the contract."""
TERMINAL = text.FORMAT
"""What people read where another format is for their machines."""
