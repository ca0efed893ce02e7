"""What commands print for programs, from the published JSON Schemas."""

from collections.abc import Mapping
from typing import Any

from portalsync.model.json_value import JSONObject
from portalsync.views.reference.files import keys_table
from portalsync.views.reference.markdown import code, page

_INTRO = """\
# JSON formats

What `--format json` prints carries a `format_version`. New keys may come without a new version, so skip
those that you do not know; a key that goes, or that changes its meaning, is a new version.
"""


def formats(results: Mapping[str, JSONObject]) -> str:
    parts = []
    for name, schema in results.items():
        told = str(schema.get("markdownDescription", schema.get("description", "")))
        parts += [f"## {schema.get('title', name.partition('.')[0])}", f"{code('schemas/' + name)}. {told}"]
        parts.append(keys_table(_inlined(schema, schema.get("$defs", {}), ()), {}))
    return page(_INTRO, *(parts or ["No schema of them is published yet."]))


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
