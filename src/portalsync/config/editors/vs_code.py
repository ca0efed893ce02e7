"""How VS Code learns the schemas: `.vscode/settings.json`, with what else it says."""

import json
from collections.abc import Mapping

_SCHEMAS = "yaml.schemas"


def with_associations(settings: str, found: Mapping[str, str]) -> str:
    """VS Code's settings with these associations, in place of any others for the same files; the rest stays.

    ValueError for settings that cannot be written back as they are, such as those with comments.
    """
    known = json.loads(settings or "{}")
    if not isinstance(known, dict) or not isinstance(known.get(_SCHEMAS, {}), dict):
        raise ValueError(settings)  # noqa: TRY004 - the text is wrong, not its type
    ours = {*found, *found.values()}
    others = {
        schema: files
        for schema, files in known.get(_SCHEMAS, {}).items()
        if schema not in ours and not (isinstance(files, str) and files in ours)
    }
    return json.dumps({**known, _SCHEMAS: {**others, **found}}, indent=2, ensure_ascii=False) + "\n"
