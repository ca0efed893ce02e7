"""Work on firms one after the other, whoever does it."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portalsync.model.json_value import JSONObject
from portalsync.pipeline.firm_files import Pictures
from portalsync.pipeline.workers import HERE, Work, Workers


@dataclass(frozen=True, slots=True)
class Stream:
    """Who works on the firms of a folder, and what those share."""

    workers: Workers
    shared: bytes
    pictures: Pictures

    def results(
        self, work: Work, asked: JSONObject, firms: Iterable[JSONObject], chunk: int
    ) -> Iterator[Mapping[str, Any]]:
        """The result of each firm, in order. Where a firm names a picture in a way that nobody saw before it
        was parsed, it is worked on once more, with the picture. ValueError for an answer about another firm,
        and for none.
        """
        waiting: deque[JSONObject] = deque()

        def sent() -> Iterator[JSONObject]:
            for firm in firms:
                waiting.append(firm)
                yield firm

        for result in self.workers.results(work, self.shared, asked, sent(), chunk):
            firm, name = waiting.popleft(), result.get("picture")
            if result["id"] != firm["id"]:
                raise ValueError("an answer about another firm")
            if name in self.pictures:
                whole: JSONObject = {**firm, "pictures": {str(name): self.pictures[name]}}
                yield from HERE.results(work, self.shared, asked, [whole], 1)
            else:
                yield result
        if waiting:
            raise ValueError("a firm without an answer")
