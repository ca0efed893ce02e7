"""Which of many firms have what: firm by firm, as functions of bytes; put together by setting and value."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from portalsync.backend.protocol import Reader
from portalsync.catalog.naming import order_of
from portalsync.catalog.profile import NAME
from portalsync.living.explain.layers import below
from portalsync.living.search import By, Found, FoundSetting, FoundValue, Hit, Query, hits, is_undecided
from portalsync.model.canonical import canonical
from portalsync.model.codec import decode, encode
from portalsync.model.edit import ABSENT
from portalsync.model.json_value import JSON, JSONObject
from portalsync.model.watch import Watch, unwatched
from portalsync.pipeline.each_firm import bodies, bodies_of_files, read_firm
from portalsync.pipeline.firm_files import Shared, shared_of
from portalsync.pipeline.surveyed import Survey

_CHUNK = 50
"""Firms that are worked on at once."""


@dataclass
class Search:
    """What was found so far, firm by firm. Files are named below `root`."""

    known: Survey
    query: Query
    root: str
    names: dict[str, str] = field(default_factory=dict)
    """Of the firms that have something of it, by id."""
    undecided: list[str] = field(default_factory=list)
    """Firms of which the portal may know more; without that, all that is told of them is what files say."""
    _found: dict[str, dict[bytes, tuple[Hit, list[str]]]] = field(default_factory=dict)
    _waiting: dict[str, tuple[str, list[Hit]]] = field(default_factory=dict)

    def in_files(self, firms: Collection[str], watch: Watch = unwatched) -> None:
        """What the files of these firms say."""
        for firm, result in self._results(bodies_of_files(self.known, watch([*firms]))):
            if result["undecided"]:
                self.undecided.append(firm)
                self._waiting[firm] = (result["name"], _hits(result))
            else:
                self._take(firm, result["name"], _hits(result))

    def on_portal(self, portal: Reader, watch: Watch = unwatched) -> None:
        """What the portal has where no file decides, of firms that it knows. Errors: a `Reader`'s."""
        there = {each.id for each in portal.firms()}
        firms = [each for each in self.undecided if each in there]
        read = bodies(self.known, portal, watch(firms), _CHUNK)
        for firm, result in self._results(read):
            self._waiting[firm] = (result["name"], _hits(result))

    def result(self, environment: str | None, considered: int) -> Found:
        """All of it, by setting and value."""
        for firm, (name, found) in self._waiting.items():
            self._take(firm, name, found)
        self._waiting.clear()
        settings = tuple(
            FoundSetting(path, tuple(_values(self._found[path].values())))
            for path in sorted(self._found, key=order_of)
        )
        return Found(environment, considered, len(self.names), settings)

    def _results(self, firms: Iterable[JSONObject]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        asked: JSONObject = {"query": encode(self.query), "root": self.root}
        for result in self.known.stream.results(search_firms, asked, firms, _CHUNK):
            yield result["firm"], result

    def _take(self, firm: str, name: str, found: Iterable[Hit]) -> None:
        for each in found:
            alike = self._found.setdefault(each.path, {})
            alike.setdefault(canonical(encode(each)), (each, []))[1].append(firm)
            self.names[firm] = name


def _hits(result: Mapping[str, Any]) -> list[Hit]:
    return [decode(Hit, each) for each in result["hits"]]


def _values(alike: Iterable[tuple[Hit, list[str]]]) -> Iterator[FoundValue]:
    """Values that most firms have first, those that a file sets before others; and who says so most often."""
    groups = [*alike]
    firms = Counter[_Value]()
    for hit, some in groups:
        firms[_value(hit)] += len(some)
    groups.sort(key=lambda each: (-firms[_value(each[0])], _value(each[0]), -len(each[1]), each[0].source))
    for hit, some in groups:
        yield FoundValue(hit.value, hit.by, hit.layer, hit.source, tuple(sorted(some)))


_Value: TypeAlias = tuple[int, bytes]


def _value(hit: Hit) -> _Value:
    """Equal where it is the same and the same sort of thing decides it."""
    return [*By].index(hit.by), b"" if hit.value is ABSENT else canonical(hit.value)


def search_firms(shared: bytes, asked: bytes, firms: bytes) -> bytes:
    """The results of firms, in order, for `Search`."""
    known, question = shared_of(shared), json.loads(asked)
    return canonical([{"id": firm["id"], **_searched(known, question, firm)} for firm in json.loads(firms)])


def _searched(shared: Shared, asked: Mapping[str, Any], firm: Mapping[str, Any]) -> JSONObject:
    read = read_firm(shared, firm)
    if isinstance(read, str):
        return {"picture": read}
    query = decode(Query, asked["query"])
    found: list[JSON] = [encode(each) for each in hits(read.desired, read.live, query, below(asked["root"]))]
    return {
        "firm": read.desired.firm,
        "name": str(read.in_force.get(NAME.path) or read.desired.firm),
        "hits": found,
        "undecided": read.live is None and is_undecided(read.desired, query),
    }
