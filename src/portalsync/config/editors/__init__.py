"""How editors learn which schema is for which file."""

import posixpath
from collections.abc import Mapping

from portalsync.catalog.files import KINDS


def associations(schemas: str, config: str) -> Mapping[str, str]:
    """Files by the schema that is theirs; both folders as seen from the repository."""
    return {
        f"./{posixpath.normpath(schemas)}/{kind.schema_file}": posixpath.normpath(f"{config}/{kind.pattern}")
        for kind in KINDS
    }
