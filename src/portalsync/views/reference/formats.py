"""What commands print for programs, from the published JSON Schemas."""

from collections.abc import Mapping

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
        parts.append(keys_table(schema, {}))
    return page(_INTRO, *(parts or ["No schema of them is published yet."]))
