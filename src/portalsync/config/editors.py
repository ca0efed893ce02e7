"""How editors learn which schema is for which file."""

import json
import posixpath
from collections.abc import Mapping

from portalsync.catalog.files import KINDS

_SCHEMAS = "yaml.schemas"


def associations(schemas: str, config: str) -> Mapping[str, str]:
    """Files by the schema that is theirs; both folders as seen from the repository."""
    return {
        f"./{posixpath.normpath(schemas)}/{kind.schema_file}": posixpath.normpath(f"{config}/{kind.pattern}")
        for kind in KINDS
    }


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
