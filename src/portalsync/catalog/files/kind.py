"""What a kind of file is called, where its files lie, and what may stand in them."""

from collections.abc import Callable
from dataclasses import dataclass

from portalsync.model.json_value import JSONObject


@dataclass(frozen=True, slots=True)
class FileKind:
    """One file (`file`), or one for each thing in a folder of their own (`folder`).

    `identity` is the key by which a file in a folder repeats its name.
    """

    name: str
    schema: Callable[[], JSONObject]
    file: str = ""
    folder: str = ""
    identity: str = "id"
    is_layer: bool = False

    @property
    def pattern(self) -> str:
        """Where its files lie, seen from the configuration."""
        return self.file or f"{self.folder}/*.yaml"

    def file_of(self, identity: str) -> str:
        """Where the file of one thing lies."""
        return self.file or f"{self.folder}/{identity}.yaml"

    @property
    def schema_file(self) -> str:
        """The name of the file that holds the schema, wherever schemas are put."""
        return f"{self.name}.schema.json"
