"""Text of people as YAML: between double quotes nothing in it means anything."""

import json

from portalsync.config.yaml.scalar import plain_value


def quoted(text: str) -> str:
    """A YAML scalar on one line that is exactly this text."""
    return json.dumps(text, ensure_ascii=False)


def id_scalar(key: str) -> str:
    """An id, as people write it; between quotes only where it would be read as a number or as null."""
    return key if plain_value(key) == key else quoted(key)
