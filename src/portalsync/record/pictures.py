"""Pictures of a record are files beside it, named after their content: each is there once, however often a
logo changes, people can look at it, and a name that does not fit tells that it was altered.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from portalsync.catalog.kinds.image import LARGEST_IMAGE, data_uri, picture_of
from portalsync.errors import BackendError
from portalsync.files import AS_IT_IS, read_at_most
from portalsync.lexicon import Foreign, phrase
from portalsync.model.json_value import JSON
from portalsync.record.links import check_no_link

_FOLDER = "pictures"
_KEY = "picture"


def taken_out(value: JSON) -> tuple[JSON, Mapping[str, bytes]]:
    """A document in which the names of pictures stand in their place, and the pictures by these names."""
    files: dict[str, bytes] = {}
    return _named(value, files), files


def _named(value: JSON, files: dict[str, bytes]) -> JSON:
    if isinstance(value, dict):
        return {key: _named(each, files) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each, files) for each in value]
    if not isinstance(value, str) or not value.startswith("data:image/"):
        return value
    ending, content = picture_of(value)
    if data_uri(ending, content) != value:
        return value
    name = f"{sha256(content).hexdigest()}{ending}"
    files[name] = content
    return {_KEY: name}


def put_back(value: Any, folder: Path) -> Any:
    """The document again, with the pictures of a folder. BackendError for one that is missing or altered."""
    if isinstance(value, dict):
        if value.keys() == {_KEY} and isinstance(value[_KEY], str):
            return _picture(place_of(Path(value[_KEY]).name, folder))
        return {key: put_back(each, folder) for key, each in value.items()}
    if isinstance(value, list):
        return [put_back(each, folder) for each in value]
    return value


def place_of(name: str, folder: Path) -> Path:
    """Where the picture is, or is to be. BackendError if a link is there."""
    place = folder / _FOLDER / name
    check_no_link(place.parent, place)
    return place


def _picture(file: Path) -> str:
    try:
        content = read_at_most(file, LARGEST_IMAGE, AS_IT_IS)
    except OSError:
        content = None
    if content is None or sha256(content).hexdigest() != file.stem:
        raise BackendError(
            phrase("errors.record.picture.message", file=Foreign(str(file))),
            phrase("errors.record.picture.hint"),
        )
    return data_uri(file.suffix, content)
