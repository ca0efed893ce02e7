"""`ignore:`, in `portalsync.yaml` and in layers: what others own on the portal."""

from collections.abc import Iterator

from portalsync.catalog import FIELDS, SECTIONS, pattern_of
from portalsync.catalog.entries import whole_entry
from portalsync.catalog.files.document import many
from portalsync.catalog.kinds.form import Form
from portalsync.catalog.option import ListField
from portalsync.model.json_value import JSONObject

IGNORE = "ignore"
_PATH = Form("ignored", r"^[a-z][a-z_]*(\.[a-z0-9_-]*\*?[a-z0-9_-]*)*$")

IGNORED: JSONObject = {
    IGNORE: {
        **many(
            {
                "type": "string",
                "maxLength": 200,
                **_PATH.schema(),
                "examples": ["profile.welcome", "announcements.items.vendor-*"],
            },
            "What others own on the portal: settings paths, each with all that is below it. portalsync "
            "neither compares nor touches it, whatever else the files say. `*` stands for any letters of an "
            "entry's id.",
        ),
        "uniqueItems": True,
    }
}


def is_known(pattern: str) -> bool:
    """Whether the catalogue has a setting there."""
    path = pattern_of(pattern)
    return any(each == path or each.startswith(f"{path}.") for each in _ALL)


def known_patterns() -> Iterator[str]:
    """All that can be ignored, as a pattern."""
    yield from (section.key for section in SECTIONS)
    yield from (each for each in _ALL if not whole_entry(each))


_ALL = [*FIELDS, *(f"{path}.*" for path, field in FIELDS.items() if isinstance(field, ListField))]
