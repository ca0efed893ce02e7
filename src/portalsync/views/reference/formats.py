"""What commands print: every format, and the published JSON Schemas of what programs read."""

from collections.abc import Mapping
from typing import Any

from portalsync.model.json_value import JSONObject
from portalsync.views.format import Format
from portalsync.views.formats import FORMATS
from portalsync.views.reference.files import keys_table
from portalsync.views.reference.markdown import code, page, table

_INTRO = """\
# Formats

`--format` says what a command prints, `--output-file FORMAT=PATH` what it writes besides. No format
changes how a command ends.
"""
_JSON = """\
## JSON

What `--format json` prints carries a `format_version`. New keys may come without a new version, so skip
those that you do not know; a key that goes, or that changes its meaning, is a new version.
"""


def formats(results: Mapping[str, JSONObject]) -> str:
    parts = []
    for name, schema in results.items():
        told = str(schema.get("markdownDescription", schema.get("description", "")))
        parts += [f"### {schema.get('title', name.partition('.')[0])}", f"{code('schemas/' + name)}. {told}"]
        parts.append(keys_table(_inlined(schema, schema.get("$defs", {}), ()), {}))
    return page(_INTRO, _all(), _JSON, *(parts or ["No schema of them is published yet."]))


def _all() -> str:
    rows = [(code(each.name), _what_it_is_for(each), each.description) for each in FORMATS.values()]
    return table(("format", "of", "what it is"), rows)


def _what_it_is_for(form: Format) -> str:
    findings = ["findings"] if form.findings else []
    results = ["plans, receipts, drift"] if form.results else []
    return ", ".join([*findings, *results, *(["checks of a portal"] if form.checks else [])])


def _inlined(node: Any, parts: Any, within: tuple[str, ...]) -> Any:
    """The schema with its named parts put in where they are used; a part within itself can be anything."""
    if isinstance(node, list):
        return [_inlined(each, parts, within) for each in node]
    if not isinstance(node, dict):
        return node
    reference = str(node.get("$ref", ""))
    inner = {key: _inlined(each, parts, within) for key, each in node.items() if key not in ("$ref", "$defs")}
    if not reference or reference in within:
        return inner
    part = parts[reference.removeprefix("#/$defs/")]
    return {**_inlined(part, parts, (*within, reference)), **inner}
